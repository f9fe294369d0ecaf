"""A copy of what was read, with some fields changed, holds nothing that was worked out from the old ones."""

from tests.small import small_playbook


def test_a_changed_copy_of_a_response_goes_on_with_its_own_effects() -> None:
    contact = small_playbook().responses["first_contact"]
    assert contact.lasting
    assert () == contact.model_copy(update={"effects": ()}).lasting
    assert contact.lasting == contact.model_copy().lasting
