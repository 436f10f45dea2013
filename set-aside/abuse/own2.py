import sys
from uppsikt.checks.text.abuse import find_abuse
import uppsikt; 
n=b=0; from collections import Counter; N=Counter(); B=Counter()
for l in open(sys.argv[1]):
    l=l.rstrip('\n')
    if not l: continue
    e,t=l.split('\t')
    s=[(x.rule,t[slice(*x.span)]) for x in find_abuse(t)]; g={r.split('.')[0] for r,_ in s}; N[e]+=1
    if (e=='-' and g) or (e!='-' and e not in g): B[e]+=1; print(e,'|',t,'|',s)
for k in N: print(k,N[k]-B[k],N[k])
print(sum(N.values())-sum(B.values()),sum(N.values()))
