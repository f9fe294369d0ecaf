"""Pockets: a few unlucky phones in a process of their own, which can be stopped as a whole as a phone in a pocket is.

A pocket is told its plan on its first line of input, says who came in, decides after `go`, says when all is
acknowledged, and after `stop` what became of every message.
"""

import asyncio
import contextlib
import json
import sys
import time
from dataclasses import asdict
from typing import Any

from tests.squad.caller import Caller
from tests.squad.load import Luck


class Unlucky(Caller):
    """A phone whose messages go missing, go twice, or overtake each other."""

    luck: Luck
    asleep_until = 0.0

    async def _send(self, deed: Any) -> None:
        if time.monotonic() < self.asleep_until:
            return
        dice = self.luck()
        if dice < 0.05 and deed.tries == 0:
            deed.tries, deed.last = 1, time.monotonic()  # lost on the way; it will be sent again
            return
        if dice < 0.10:
            await asyncio.sleep(self.luck() * 0.3)
        await super()._send(deed)
        if dice > 0.90:
            await super()._send(deed)

    @property
    def awake(self) -> bool:
        """False while the screen is dark."""
        return time.monotonic() >= self.asleep_until

    async def sleep(self, seconds: float) -> None:
        """The screen goes dark: nothing is read and nothing is sent."""
        self.asleep_until = time.monotonic() + seconds
        if self._socket is not None:
            with contextlib.suppress(RuntimeError):
                self._socket.transport.pause_reading()
        socket = self._socket
        await asyncio.sleep(seconds)
        if socket is not None:
            with contextlib.suppress(RuntimeError):
                socket.transport.resume_reading()


async def _talk(phone: Unlucky, decisions: int, pause_s: float) -> None:
    for k in range(decisions):
        text = f"{phone.who}/{k}"
        while True:
            observer = phone.role == "observer"
            data = {"text": text} if observer else {"to": "all", "text": text}
            answer = await phone.do("note" if observer else "say", data)
            if answer["type"] == "ack":
                break
            await asyncio.sleep(0.3)  # stopped after a restart, or still in the lobby
        await asyncio.sleep(pause_s * phone.luck())


async def _doze(phones: list[Unlucky], luck: Luck) -> None:
    while True:
        await asyncio.sleep(4.0 + luck() * 16.0)
        await phones[int(luck() * len(phones))].sleep(2.0 + luck() * 10.0)


def _say(what: str, said: object = None) -> None:
    print(json.dumps({"what": what, "said": said}), flush=True)  # noqa: T201


async def pocket(plan: dict[str, Any]) -> None:
    """Plays its part in a drill."""
    loop, luck = asyncio.get_running_loop(), Luck(plan["seed"])
    phones: list[Unlucky] = []
    for k in range(plan["phones"]):
        phone = Unlucky(plan["base"], code=plan["code"], port=plan["port"], read_views=False)
        phone.luck = Luck(plan["seed"] * 1000 + k)
        phones.append(phone.start())  # type: ignore[arg-type]
    await asyncio.gather(*(phone.welcome(60) for phone in phones))
    _say("in", [phone.who for phone in phones])
    await loop.run_in_executor(None, sys.stdin.readline)
    # Everybody is seated by now; whose line stalls may not have heard of it yet.
    await asyncio.gather(*(phone.until(lambda one=phone: one.role != "waiting", 120) for phone in phones))
    seats = {phone.who: phone.role for phone in phones}
    dozing = asyncio.create_task(_doze(phones, luck))
    await asyncio.gather(*(_talk(phone, plan["decisions"], plan["pause_s"]) for phone in phones))
    dozing.cancel()
    _say("done")
    await loop.run_in_executor(None, sys.stdin.readline)
    for phone in phones:
        with contextlib.suppress(TimeoutError):
            await phone.welcome(20)
    _say(
        "over",
        {
            "acked": [(phone.who, deed.id) for phone in phones for deed in phone.deeds if deed.answer["type"] == "ack"],
            "sent_again": sum(deed.tries > 1 for phone in phones for deed in phone.deeds),
            "other_seat": sum(seats[phone.who] != phone.role for phone in phones),
            "outages": [asdict(outage) for phone in phones for outage in phone.outages],
        },
    )
    await asyncio.gather(*(phone.stop() for phone in phones), return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(pocket(json.loads(sys.stdin.readline())))
