"""Contact sheet: sheet.py OUT.png cols cellwidth files..."""
import sys, os
os.environ["SDL_VIDEODRIVER"]="dummy"
import pygame
out,cols,cw,*files=sys.argv[1:]; cols=int(cols); cw=int(cw)
ims=[pygame.image.load(f) for f in files]
cells=[pygame.transform.smoothscale(i,(cw,round(i.get_height()*cw/i.get_width()))) for i in ims]
ch=max(c.get_height() for c in cells); rows=-(-len(cells)//cols)
s=pygame.Surface((cols*(cw+6),rows*(ch+6))); s.fill((255,0,255))
for k,c in enumerate(cells): s.blit(c,((k%cols)*(cw+6),(k//cols)*(ch+6)))
pygame.image.save(s,out)
