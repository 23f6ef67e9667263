<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en" form="1">
 <context>
  <name>add</name>
  <message>
   <source>&amp;Environment</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>'{host}' is no host name. Give one name or address, without spaces.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>'{port}' is no port. Give a number from 1 to 65535.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 host could not be looked at</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 node found</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A cluster named {name} is there already. Give another name.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A name has letters, digits, '.', '-' and '_', and begins with a letter or digit.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Accept its host key, then it is looked at again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Act as (sudo -n -u)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add a cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add the sudoers line that is named, or another account under 'More'.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add to the inventory</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Answer what the server asks, then look again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cancel</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cancelled. Nothing was saved.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Check the network and the SSH port.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Check the spelling, or give its address.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Check whether sshd runs there, and on which port.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Database</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Environment</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Find out why it changed. If it is right, remove the old key from the known hosts, then look again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Give the cluster a name.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Grant pg_monitor to the role, or name another one under 'More'.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Hosts that could not be looked at</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Install psql there, or name the account whose PATH has it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Key file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Looking at {host}, and at every host that it names: {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>More</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>More: login, sudo, database</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name PostgreSQL's address, socket or port under 'More'.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name a host first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name another key file under 'More'.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name of the cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name one host of the cluster. The console finds the others from there, and saves nothing until you agree.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name the user and the key file under 'More'.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No PostgreSQL was found there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nodes found</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing to add yet: look at a host first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing was saved.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>One host of the cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PostgreSQL</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PostgreSQL address</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PostgreSQL port</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PostgreSQL user</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>SSH</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>SSH port</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>SSH user</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no node to add.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>as your SSH configuration says</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>local</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>name or address, as you would give it to ssh</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>psql's own default</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>role</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the SSH user itself</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} hosts could not be looked at</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} nodes found</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{why} ({detail})</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>alerts</name>
  <message>
   <source>'{word}'</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 more is not listed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 open</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 waits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 was given up</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Acknowledge</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Acknowledge this alert</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Acknowledge …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Alerts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Asking the engine …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Change the note …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>End it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>End: {silence}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It is shown all the same. Only e-mail, webhooks, commands and notifications rest.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not silenced: see what is said in red.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Note</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is wrong now.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open alerts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reason</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Say why: whoever comes next has to know.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Silence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Silence for a time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Silence …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Silenced until {until} by {person}: {covered}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Taken as {person}. It stays in sight until it is over.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>That is more than {days} days ahead: a silence must not be forgotten.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine does not answer. Nothing was changed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This moment has passed. A silence begins now, and ends later.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Until (UTC)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Until {time} from now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What it covers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Write it in UTC, as {example}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a mistake of the console's own, see its log</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a part of the engine failed ({about}): see the engine's log</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a silence of {subject} needs a reason</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>acknowledged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>alerts can't be told over the way out {about}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>automatic recovery has acted and does nothing more until a person has acknowledged it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>automatic recovery is asked for and does not act: {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>automatic recovery: {word}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>backups, {about}: {word}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>check {about} can't say how it is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>check {about} is critical</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>check {about} warns</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>check {about}: {word}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>command</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>copies, {about}: {word}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>drill {about}: {word}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>duty {about}: {word}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>e-mail to</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every alert of every cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every alert of {cluster}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every alert of {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>from {begin} to {end}, {duration}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>heartbeat file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>heartbeat to</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it can't be reached</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it was sent elsewhere, and that is not followed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it was tried for too long and given up</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its certificate can't be trusted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its name has no address</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its password is not known to the engine</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its secret's file can't be read, or is open to others</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no answer within the limit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no encrypted connection came about</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no picture of incident {subject} is kept at or before that moment</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing has been judged for {observed} s, so no alert can be trusted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>only this alert</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>open</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>our own heartbeat on {node} is {observed} s old, limit {limit} s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>over</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>peers, {about}: {word}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>planned work, a known fault, …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>since {at}, for {duration}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>somebody</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>something</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>subscription {about} has heard nothing for {observed} s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>subscription {about} is behind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>subscription {about} is enabled, and no worker of it runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>subscription {about} is switched off</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>subscription {about} meets conflicts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>subscription {about} meets errors</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>subscription {about} takes what came from elsewhere: it goes round</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>taken by {person}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the alert {subject} is over already</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the answer can't be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the books of {about} differ between peers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the command can't be run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the command ended with an error</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the end of a silence of {subject} has to lie ahead, within 14 days</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine's store does not take what it is given</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine: {word}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the file can't be written</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the last rehearsal of {about} failed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the login was refused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the mail server offers no encryption</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the other side refused it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the report of {subject} could not be written</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the way is still at an earlier alert</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the way out {subject} can't be used as it stands</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there are too many of {subject} already</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no alert {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no incident {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no silence {subject} now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no way out {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>this console</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>this is a test of the way out {about}: nothing is wrong</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>way out {about}: {word}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>webhook</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>what you do about it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>yes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{about} is overdue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} could not deliver at {at}: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} has delivered nothing yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} last delivered at {at}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name}: the test was delivered in {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name}: the test was not delivered ({time}): {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name}: {kind} {target}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} h</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} min</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} more are not listed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} newer: show</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} open</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} taken</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} wait</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} were given up</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{observed}, limit {limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said}. Note: {note}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{state}, silenced</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text} ({figures})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text} ({said})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text} on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text}, comes and goes ({n} times)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text}, {more}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text}, {taken}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text}. Reason: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text}: {detail}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text}: {note}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{where}: {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{word}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>automation</name>
  <message>
   <source>'{text}' is no moment. Write it as 2026-11-27 22:00, in UTC.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>'{text}' is no number. Write it as 12 or 0.5; 0 is a number too.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>'{text}' is no time of day. Write it as 22:00, in UTC.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>'{text}' is no whole number, 0 or more.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>'{typed}' is not {name}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>0: only a standby that holds everything acknowledged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 field has to be mended first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 more window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A note on what was done by itself</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A silent primary may be fenced by cutting its synchronous standbys: quorum fence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Acknowledge</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Acts and rehearsed decisions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add a maintenance window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Afterwards it does not rest: it may act again at once.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Afterwards it rests for {time}, or until a person acknowledges what it did.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>At most {most}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>At most {n} days: a window that is forgotten leaves nobody to act.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>At once: no restart in place first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Automatic recovery of {cluster}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Backup not older than, h</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Both ends are needed, or neither.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Change automatic recovery</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Change …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Evidence stands for, s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From then on the console changes nodes without asking. Type {name} to allow it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>If the primary of {cluster} is dead, the console acts without asking: {act}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It begins when it ends: leave both empty where nothing is to be quiet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It does nothing by itself {when}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It does nothing more by itself until this is acknowledged, or the pause is over.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It has to end after it begins.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It is over already: remove it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave, nothing was changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Maintenance from, in UTC</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Maintenance to, in UTC</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Maximum loss, entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not saved. {missing}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is done by itself on {cluster}. What would have been done is written down ({act}), and scored by what came after.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is done by itself on {cluster}: if its primary dies, a person acts.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Quiet daily from, UTC</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reason of the change</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reason of the maintenance</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rebuild a lost standby, never one whose data goes beyond the fork</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Remove</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rest after an act, min</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restart a stopped standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Saving …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Say why: whoever reads it at night needs to know.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Something was done by itself, longer ago than what is listed here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Standbys, by themselves too</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine does not answer. Nothing was saved; what is typed stays here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The name is not right yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The name of the cluster, {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Type {name} first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What has to hold</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>When nothing is done by itself</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Whether it would act by itself is not told yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Who acts when the primary is lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a note for the record</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a person acts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a silent one is fenced by a command of its own whose result is read back, or nothing is done</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a silent one may be fenced by cutting its synchronous standbys from it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>acts, where every guard holds</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>at most 1 entry may be lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>at most {n} entries may be lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>complete or proven; 0: not asked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>daily from {begin} to {end} UTC</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>for the record</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>from {begin} to {end} UTC ({reason})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>hard or witnessed, all that time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it fails over at once, without a restart in place first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it gets {time} to restart in place, then a standby is promoted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>none</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>only if no entry is lost by it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>or until somebody acknowledges it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>says what it would have done, and is scored</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>somebody</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>to</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>to, UTC</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>why</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{act}, once the evidence has stood for {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{act}, {loss}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{console} acts for this cluster; this console only watches.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} fields have to be mended first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} more windows</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text}; {silent}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>backup</name>
  <message>
   <source>'Prove' restores one into a sandbox and proves its books. Nothing on the ledger changes.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>, </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 backup would go</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 day</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 full backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>2 weeks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>3 months</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>; </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A policy says on which host backups are kept, when they are made, how many stay, and how they are proven. Nothing begins before you save it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A restore test runs there now.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As a table</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ask the open copy: {target}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ask …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back up and prove</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back up now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back up now: {kind}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Backups as a table</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Barman</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Barman 3.11 or later is needed for it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Barman 3.3 or later is needed for it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Books whole</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cancel</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Chain of backups on {repository}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Change …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Check the SSH of {node}, then 'Back up now'.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checks of this backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checksums</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose another directory: what lies there is not touched.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose it to see which. What stands on it may not restore; a full one mends it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close the open copy: {target}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Compare the crontab</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copies the whole ledger to {repository}, restores it into a sandbox, and proves the books of the copy. The running ledger is only read.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy from {repository}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>D</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Entries booked in that stretch are in every later backup; only a return to a moment inside it is impossible.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>F</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>I</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Indexes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Install a version for this server on {node}, or choose another engine.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Install it on {node}, or name its path in the policy ('Change …').</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Install it there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Install rsync 3.1 or later on {node}, and on the nodes.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It can be added to, not cleared: change the tape, or keep it all.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It can't be read now, so what is shown here is old.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It was last read {age}, so what is shown here is old.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its chain is not whole: it can't be restored.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its medium was not read yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Kept: at least {fulls} with all that needs them.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Kept: every moment of {days}, and at least {fulls}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Last restored on trial, with whole books: the {kind} backup of {of}, proven {at}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make a full backup first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make a full backup now: it needs none of the missing WAL.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make a full backup now: it needs none of them. The running ledger is whole.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make room on {node}, or keep less ('Change …'), then 'Back up now'.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Media</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mend that on {node}, then look again (F5).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mirror holds the same</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Missed: {what} of {at} on {repository}, because {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Needs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No backup lies in this repository yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No cluster is chosen. Choose one at the left to see its backups.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not read now: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is planned: backups are made by hand only.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing may go: {reason}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing runs. Next by itself: {what}, {at} UTC.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing runs. Nothing is planned either.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing was changed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing was changed. The backup of {at} is still the last.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing would go: all that there is, is kept.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open copy: {target}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Other kinds and repositories</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Page checksums</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Policy and next runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PostgreSQL 17 or later is needed for it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PostgreSQL's own</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Prove</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Prove again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Read back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reading back on {repository}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reading what is known of the backups of {cluster} …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reading {backup} back, on {repository}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restorable</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restore and show</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restore of {backup} to look at, from {repository}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restore test of {backup}, on {repository}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restore test on {repository}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restore …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restored in a sandbox</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Safe: nothing is written; what was not read stays 'not checked'</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Safe: removes only the part copied, keeps every older backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Safe: removes only the sandbox, the backup stays as it is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Say where and when …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Selected</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Selected: {kind} of {at}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Shown: {repository}. Opens a menu</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Size</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Take these away</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Taken from</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Taking away what is not kept on {repository}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The WAL that belongs to it has not come in yet, or was not read yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The crontab of {node} is as the policy wants it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The crontab of {node} is not as the policy wants it: {lacks} lines missing, {more} too many.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine does not answer. It tells of {cluster} once it does.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine does not answer: this is its last picture. Nothing can be begun.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This takes a few seconds. Nothing is changed by it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>To restore it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Unlock the key on {node}, or give it a key without a passphrase.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL archive</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL is damaged there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL is missing there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL without a gap</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wait until it ends, or cancel it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What could be got back of {cluster} is being read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What could be got back of {cluster} is not known: no repository could be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What is gone stays gone; the rest is kept and still whole</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What was booked after that is on the nodes only. Every older moment is safe.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What was half-done counts for nothing and was removed. The ledger was not disturbed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What was half-done counts for nothing. The backup of {at} is still the last.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What would go?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Without one a mistaken delete can't be undone.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Work under way</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a backup is consistent only from its end on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a backup of the chain is not complete</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a backup of the chain is not there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a backup that it stands on is missing or broken</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a check failed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a directory that is no backup lies there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a file is missing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a file is not what was backed up</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a key on the host asks for a passphrase</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a link in the copy leads out of the sandbox</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a lock is in the way</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a lock or the time limit stopped the question</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a mistake of the console's own</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a page is damaged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a page's checksum was wrong when it was copied</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a person cancelled it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a table of the ledger is not there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a tablespace lies outside of what can be laid out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>about {time}, by the last restore</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>all backups</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>all {n} files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>an index is damaged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>another backup stands on it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>any moment, {begin} to now ({age} ago)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>any moment, {begin} to {end}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>append-only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>archived by the servers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>backup_method = postgres is needed for it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>begins</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>begun (UTC)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>broken, counts for nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>cancelled</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>checksums read back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>combines the chain</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>copies</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>copies to tape</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>copies to the second place</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>damage was found</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>differential</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>differential backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>disk</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>done</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>encrypted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>entries that were surely in the backup are missing in the copy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>failed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>fulfilled: {rules}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>full</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>full backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>how far the repository's WAL goes is not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>in {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>incremental</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>incremental backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>is being cancelled</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it can't be made of a compressed backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it can't be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it did not finish</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it does not say what it stands on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it ended, and the repository does not show it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it has no checksums to compare with</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it holds backups of another system identifier</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is the last that is proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it keeps no manifest to compare with</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it lies before the first backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it lies beyond the last WAL that was kept</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it may not be written</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it took longer than its limit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it was broken off</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it was never reached yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it was not checked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it was not proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it was not read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it was not restored</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it was not run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its WAL makes a tablespace, which would lie outside</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its command ended in failure</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its directory could not be taken away</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its history is another one</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its host asks something that a person has to answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its host can't be reached; it may go on there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its host could not be reached</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its host did not accept our key or password</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its host did not begin it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its host has another host key than was accepted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its last WAL has not come yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its manifest is damaged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its operator has stopped it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its process is gone and left no word</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its program ended in failure</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its program is not on the host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its program is too old for the server's version</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its restore_command ended in failure</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its source was promoted in the middle</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>kept {n} days by its operator</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>kind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>last entry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>lasts 1 day</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>lasts {n} days</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>latest</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>lays the chain out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>locked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>locked {n} days</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>mirror not seen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>mirrored</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>missing: {rules}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>needs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no WAL came for too long</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no answer came within the limit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no backup with its WAL covers it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no check of the books could be run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no limit known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no node knows where that entry was committed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no restore point of that name is known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no server answers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no server can be backed up from now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no such work is known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nobody: only by hand</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not all of it could be taken away</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not checked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not every file was read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not known: {rules}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not measured yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not seen now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing else</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing is laid out there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing listens for SSH on its host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing was begun at its time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing would go</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>numbers are missing in the restored books</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>object store</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>of the backups alone: WAL was not compared</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>on another machine than its source's</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>on the machine of its source</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>on which machine is not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>on {day}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>on {first} and {last}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>on {node}, opened {age}; read-only, and out of production's reach</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one WAL segment is damaged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one WAL segment is missing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one elsewhere</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one statement at a time, without a semicolon</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one that can't be changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>only a statement that reads is allowed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>only as far as the restore needed it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>only one reading statement may be asked of {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>other work runs there already</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>passed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>pgBackRest</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>proof</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>proven lately</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>proves the books</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>read backups back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>read {age}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>reads back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>reads every page</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>replays WAL</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>restore test in a sandbox</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>restored, books proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>rsync is missing or of the wrong version</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>size</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>something of it is still there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>starts the sandbox</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>streamed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sudo was refused on the host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>summarize_wal is off on the server</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>take away what is not kept</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>takes away</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>tape, LTFS</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the WAL needs larger settings than the copy was started with</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the account has no home for its scripts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the answer would be too large</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the backup host's own crontab</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the certificate of its store is not trusted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the chain could not be laid out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the cluster has no backup policy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the cluster has no ledger whose books could be proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the connection to its host broke off</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the console does not know that engine</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the console's engine is ending</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the console's engine was killed meanwhile</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the console's engine was not running</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the copy could not be opened for writing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the copy in its second place failed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the crontab was changed meanwhile, and is left as it is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the directory is there already</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the directory is there already, and is left alone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the directory is there, and not empty</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine gave it another name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine itself was told to keep it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine knows no limit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine was not running</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine's own check failed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine's own report says that it is damaged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine's report could not be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine's store could not be written</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the extension amcheck is not installed there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the host can't close the copy in</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the host did not take the crontab</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the host key of its host is not accepted yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the host's cron can't do this without the console</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the host's cron has another time zone than the policy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the key file for its host is not there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the last sealed fingerprint is not found in the restored books</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the ledger has no column for it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the ledger's columns have other types than its mapping says</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the medium is append-only: nothing on it can be taken away</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the name of its host has no address</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the newest</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the one before had not ended</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the open copy {subject} is not there any more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the password for its database is not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the policy of {subject} can't be put in force</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the policy would keep nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the range of time makes no sense</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the receiver of WAL could not be started</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the recovery did not reach the end of the backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the recovery ended before its target</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the recovery ended in failure</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the repository could not be reached</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the repository holds no such timeline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the repository is gone, only its second place is there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the repository itself is in trouble</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the repository's own record is damaged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the repository's own record is missing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the restored books are not whole</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the restored books could not be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the role may not read it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the second place holds no such backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the second place holds something else</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the server answered with an error</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the server has no WAL summaries from there on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the server on the copy could not be stopped</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the server on the copy did not start</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the server on the copy does not run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the server read pages whose checksums are wrong</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the server refuses the session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the server that it is taken from did not answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the session with the server ended</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the standby broke the question off to replay on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the standby is too far behind the backup that it would stand on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the time names no zone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no PostgreSQL node of that name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no backup of that name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no backup yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no crontab for the account that acts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no repository of that name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no space left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no such open copy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no whole backup that it could stand on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>this console's engine, while it runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>this engine can't make that kind here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>three copies</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>tidies up</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>to now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>took</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>took {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>two media</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>up to entry {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>waits for a checkpoint</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>waits for its turn</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>waits for the last WAL</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>what it answered makes no sense</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>what lies in the second place is damaged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>what the running backup stands on is not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>what the server answered makes no sense</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>what was copied is not whole</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>what would go from {subject} has changed since it was shown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>what would go has changed meanwhile</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{act}: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{backup}: {trouble}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{begin} to now ({age} ago)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{begin} to {end}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{bytes} kept</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{bytes} left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{chain}. Selected: {backup}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{checks}: not checked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{check}, {scope}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{check}: not checked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{check}: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{cluster} can go back to any moment since {since}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{cluster} can go back to any moment since {since}, save {length} {when}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{cluster} can go back to any moment since {since}, save {n} stretches, {length} together</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{cluster} can go back to moments from {since} to {end}, not later: no WAL came for {age}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{cluster} could go back to any moment since {since} when {name} was last read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{cluster} has a backup, and what it can give back is not known yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{cluster} has backups, and none of them can be restored to a known moment</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{cluster} has no backup yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{copy}, but its server has stopped</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{copy}, last entry {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{day} {clock}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{day} {month}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{day} {month} {year}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{done} of {all}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{duration} ago</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{first} and {n} more up to {last}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{kind} to {repository}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{kind} to {repository} ({engine})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{length} not restorable:</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{month} {year}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} on {node}: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name}: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node}, up to entry {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} %</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} % full</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} WAL segments are damaged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} WAL segments are missing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} backups would go</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} days</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} full backups</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} min</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} of {all} files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{parent}, which is not there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{repository} ({engine})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said} ({detail})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said} ({reason})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said}, {bytes}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said}; the restorable start moves to {at}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{size}, chain {whole}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject} has ended already</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject} is no question about backups</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject}: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{time} left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title} failed at {at}: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title}, but no backup was ever restored on trial</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title}, but the {kind} backup of {at} failed a check</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title}, save {length}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{weekday} {clock}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{weekday} {day}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} on {repository}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{why}, and {n} more</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>bar</name>
  <message>
   <source>, </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 alert</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Acknowledge …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is watched yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is wrong. 1 host asked each second, it answered.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is wrong. {n} hosts asked each second, all answered.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is wrong. {n} hosts asked each second, {answered} answered.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Plan running</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Plan waits for approval</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rehearsal running</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Silence …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine is being asked …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The plan asks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>for {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>silenced until {at}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>somebody</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>taken by {who}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>taken by {who} {at}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{alerts}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{at}, for {duration}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} alerts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} of {m}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{since}; {alerts}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>books</name>
  <message>
   <source>  It has no entry yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>  Its last entry, as the fingerprint reads it:</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>  can be checked: {claim}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>  can't be checked: {claim} ({reason})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>  {origin}: entries from {first} to {last}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>; </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>FAILED</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing of the books of {cluster} could be proven.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sealed up to entry {last} on {node}, timeline {timeline}: {root}…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The books of {cluster} are NOT whole: {n} checks failed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The books of {cluster} are not proven: {nodes} could not be asked.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The books of {cluster} are whole, as far as they were checked.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The mapping can't be used on {node}: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The mapping reads a ledger on {node}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a column is not there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a kept balance is not the sum of its postings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a lock stood in the way</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a number is below 1</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a number is missing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a number is there twice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a posting has no entry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a posting names an account that is not there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a table is not there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>all nodes hold the same books</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>an amount is not above zero</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>an entry does not balance</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>an entry has no postings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>columns of different types are compared</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>each entry balances per currency</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>entries {first} to {last}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every amount is above zero</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every seal is of a range that was left behind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every seal lies above what was compared</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>fingerprint {root}… of {entries}, {postings} postings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>first at entry {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>first in {range}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is larger than its limit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is no primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it took longer than its limit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its amounts are signed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its answer makes no sense</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its numbers may have gaps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>kept balances equal the sums</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no currency</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no entry is without postings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no posting is without its entry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no primary of {subject} is seen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not all postings were counted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not checked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing in this ledger tells which entries are settled</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing was sealed yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>only one node was asked or answered</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>postings name existing accounts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>replay on the standby needed what was being read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sealed entries are gone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sealed entries are not what they were</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sealed entries are of a range that was left behind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sealed {at} UTC</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the book</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the books on {subject} could not be sealed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine has no store</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the inventory names no ledger of {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the last sealed fingerprint is found again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the mapping does not fit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the mapping names no accounts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the mapping names no kept balances</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the nodes hold different books</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the numbers have no gap</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the role may not read it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the server refused the question</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the session with the server ended</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the sums differ</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the timeline's history can't be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>this ledger does not promise it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{currency} debit {debit}, credit {credit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{currency} {amount} on both sides</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} ({role}): {outcome} in {seconds} s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} differs from {other}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node}: not asked to the end: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} places</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{outcome}: {claim}, {scope}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{range} were sealed at {at} UTC on timeline {timeline} and are of the range that was left behind.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{scope} ({skipped} not recomputed)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{scope} of {origin}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text}: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text}; {sums}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>charts</name>
  <message>
   <source>As picture (PNG) …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As table (CSV) …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>At the cursor</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Charts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Charts. Arrow keys move the cursor, plus and minus zoom</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose which charts are shown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export the shown charts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Hold the time axis still (P)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>MB</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>MB/s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Newest</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pause</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show the last {range}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Written to {path}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>books: {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>engine {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>fault {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>limit {value}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ms</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no readings have come yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no readings, {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>per second</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the picture could not be saved there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>worst {n} of {all}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{at} {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{first} to {last} UTC</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name}, {unit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} days</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} h</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} min</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{path} could not be written: {reason}. Choose another place.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{range} to {end}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title}, {at}: {values}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title}: no readings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>φ</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>check</name>
  <message>
   <source>; </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A node that joins as a standby follows to the latest: choose that, or restore into a sandbox.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A person has decided what becomes of the entries beyond the fork.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A second primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Answers over SSH</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Approve a maximum of entries that may be lost, with the plan.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ask who stopped it, and why, before you start it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Backup can be laid out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Behind (flush)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bring a standby back, or lower the promise by name: else every commit would wait for ever.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bring another of the synchronous standbys back, or approve a loss.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bring another of the synchronous standbys back, or approve the loss by its number.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bring more nodes back within reach of SSH: a lock needs a majority of all of them.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bring more nodes back, or go on by name without the majority.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bring the followers back, or go on without them by name.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bring the majority of the consensus group back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bring the old primary's host back within reach of SSH.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bring these history files into the repository first: the new timeline would take a number that is in use.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bring {node} to the same version of PostgreSQL first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Can be stopped</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Candidate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Chain of backups</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checksums or wal_log_hints</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose another moment, or a repository that holds this one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose another target, or bring a standby back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose another target, or mend what stands here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Clock offset</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Commit level</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Commit or roll back the prepared transactions first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Commits at this level wait for no standby: what they acknowledge can be lost with the primary.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Configuration files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Consensus group</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Control file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Disable on {node} what would start the server behind our back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Disk left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Entries that would be lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Evidence of its death</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Failover</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Followers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>For whom commits wait afterwards</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Free disk space on {node}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Free disk space on {node}: the old data is kept until the copy is proven.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Go on with the replay on {node}: select pg_wal_replay_resume().</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Grant the console's role on {node} what is missing.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Grant the right to change these settings on {node}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Grant the role {role} on {node} what is missing.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Hosts of the hooks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Install PostgreSQL's own programs on {node}, of the server's version.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Install these programs on {node}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It can't be rewound, so a new copy is made beside its old data.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It can't be rewound. Rebuild {node} instead.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It can't be seen to be dead, so it is fenced before any promotion: choose the strongest way there is.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It is stopped for good first of all: until then both accept writes.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its control file can't be read: rebuild {node} by hand.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its server answers. Look on the Cluster page what it says.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lay configuration files for {node} where its packages want them: the source's lie outside its data.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Let the other console end its plan, or break its lock by name when the plan runs.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Let the other console end its plan, or break its lock by name.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lock of the cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Logical slots</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Login for replication</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Longest open transaction</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look at what lies where the data of {node} is to be, and clear it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make room for slots on {node}: raise max_replication_slots and restart it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make sure that {node} is the right machine, then accept it with 'inventory confirm'.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mend SSH to the host of the hook, or take the hook out.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mend SSH to {node}, then check again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mend SSH to {node}, then check again. The plan goes on without it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mend how the data of {node} is laid out: no copy can lie beside it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mend the WAL archive of {node} first: a clean stop waits for it, and a hole would be left.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mend the WAL archive of {node} first: a point in time could be lost.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mend the login with which {node} follows: it could not stream with it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mend the repository first: the Backups page says what is wrong.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Moment to go back to</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name a fencing command with one that reads the state back, or let a person vouch for it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name a login for replication: the others could not follow {node} without one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name a repository in the cluster's policy of backups first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name as typed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name the node that was primary, or wait until it was seen once.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name the programs and the data directory of {node} in the inventory.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name what may start the server on {node}, or disable it by hand.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nodes that answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Overlap with the synchronous set</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Place of the data</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Point what follows {node} at another node first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PostgreSQL versions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PostgreSQL's programs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Prepared transactions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Primary answers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Primary is gone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Programs and data directory</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Programs that a change needs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Put {node} into the inventory first: inventory import.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Raise max_replication_slots on {node} and restart it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Raise max_wal_senders on {node} and restart it: a copy needs two.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rebuild {node} instead of rewinding it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rejoin</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rejoin {node} as a standby instead: it must not write again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rejoin {node} first, or choose another target.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rejoin {node} first: it is on another branch of history.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Replay</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Repository</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rescue the WAL, choose another target, or approve the loss by its number.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restart</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restore</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rights</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rights for a rewind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Room for the copy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Running backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Same machine as before</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>See on the Cluster page why {node} receives no WAL, and mend that first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Senders for a copy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Set the clock of {node}, by its time service.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Settings can be changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slots for the followers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Somebody stopped it: ask who, and restart it if it may be.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Streams</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Switch full_page_writes on, or rebuild {node} instead.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Switchover</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>System identifier</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The WAL that would prove it is gone: the books are compared instead.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The evidence is too weak for a failover. Look at the host, or fence it by a way that is read back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The histories do not agree. Rebuild {node} instead of rewinding it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The primary answers: a switchover loses nothing.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The primary does not answer: a failover is what is left.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The repository can't be read on {node}: mount its directory there under the same path, readable for the account that PostgreSQL runs as.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>These logical slots do not move along: let their readers catch up, and create them anew afterwards.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>These slots would be lost: let their readers catch up first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Timeline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Timeline histories</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Too few standbys would be left for the promise. Lower it by name, or bring one back first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Type the cluster's name exactly as it stands here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Upstream</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL archive</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL rescue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wait</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wait for it or end it: it would be broken off by the stop.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wait for the backup to end, or cancel it: the stop breaks it off.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wait for them or end them: the stop would break them off.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wait until {node} has caught up, or choose another target.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wait until {node} has caught up: the WAL that it lacks may be gone, and it would have to be rebuilt.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Way to fence it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Way to rejoin it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What would start it again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Whose data lies there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With one standby less every commit would wait: add one, or ask for fewer.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Write 'ANY 1', 'FIRST 1' or 'async', with the number you mean.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a cascade: it follows a standby, not the primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a person has to vouch that the old primary is off</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>another standby holds more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>both are alive, so nothing is lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>by quorum</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>by the operator's own command</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>full_page_writes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it belongs to another cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it costs time: nobody can write meanwhile</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is behind another candidate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is fenced</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is no standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is on another timeline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is the primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it receives no WAL from the primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it replays with a delay on purpose</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it streams already</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its host does not answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its processes are still there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its processes can't be seen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its replay is paused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its server does not answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its version does not fit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>more may have been written since its last reading</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no backup is known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no fencing command is named</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no node is to be rejoined</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no primary is known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no server runs there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no standby can be promoted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>none</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not checked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing is wrong</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>on a person's word</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>over SSH</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>pass</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>refuse</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>rights are missing there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>somebody stopped it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the books could not be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the cluster's policy does not allow it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the dead primary's WAL was read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the host does not answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the inventory has no such node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the list of synchronous standbys changed within the last minute</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the list of synchronous standbys is not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the old primary is fenced by quorum</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the old primary is fenced by the operator's own command</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the old primary is fenced over SSH</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the primary is alive</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the primary is gone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the primary's last reading is old</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>too few of the synchronous standbys answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>warn</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>what was booked after the moment goes: counted when the copy stands, before anybody accepts it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>where its data lies is not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>yes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} has no data and no settings of its own: choose a node that has, or make it a node first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} holds more: choose it, or approve the greater loss.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is no copy of this cluster. Take it out of the inventory, or rebuild it from the primary.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} may hold the only copy of acknowledged entries. Export them, then decide: fork.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said}: {about}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>cluster</name>
  <message>
   <source>1 finding</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 note</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Evidence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>If {node} died now:</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No cluster is chosen. Choose one at the left to see who follows whom, and how it is.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show {findings} with evidence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine does not answer. This is its last picture, and it does not move.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>age</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>limit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>observed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>source</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{condition}:</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} findings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} notes</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>copies</name>
  <message>
   <source>Access rules differ</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Access rules on {node} ({about}): {observed}, {wanted} elsewhere.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Asking how the copies compare …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Books differ</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Books not read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Collation differs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Collation {about} is version {observed} on {node}, and should be {wanted}: text indexes may be wrong.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Compare now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Comparing …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copies</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copies of the books</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Could not be promoted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Extension differs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Extension {about}: {observed} on {node}, {wanted} elsewhere.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Group member behind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Group member differs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Group member raises an alarm</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Group member silent</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Group member's clock apart</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Setting differs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The books of {node} could not be compared: {about}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The books of {node} differ from the others' ({about}): {observed}, and {wanted} elsewhere.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The clock of group member {node} is {observed} s from the others'; {wanted} s are the limit.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The copies were never compared here. A comparison recomputes the books of each from its own rows, and looks at what would differ on the day of a failover.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The group member {node} answers {about} {observed}, the others {wanted}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The group member {node} does not answer: {about}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The group member {node} is behind ({about}): at {observed}, the group at {wanted}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The group member {node} raises the alarm {about}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Too few synchronous copies</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Version differs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>access rules</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>alarms of the consensus group</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>and 1 more: 'copies CLUSTER' tells all</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>and {n} more: 'copies CLUSTER' tells all</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>collations</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>extensions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>hashes of the consensus group</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it does not answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it does not receive WAL</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it follows another standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is no standby now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is on another timeline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it lags too far behind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it replays with a delay on purpose</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it was not computed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its WAL has left the primary's history</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its identity changed and was not confirmed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its replay is paused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>members of the consensus group</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no ledger is known here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not compared</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing differs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>settings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>synchronous copies</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the books</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the books, as no ledger is known here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the books, as only one copy answered</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the inventory does not let it be promoted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no other copy to compare it with</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>up to entry {top}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>whether standbys could be promoted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>who the primary is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>yes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{about} is {observed} on {node}, and should be {wanted}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} could not be promoted now: {about}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} runs {about} {observed}, the primary {wanted}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node}, origin {origin}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node}: not compared, {why}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node}: {blocks} up to entry {top}, other than elsewhere, root {root}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node}: {blocks} up to entry {top}, root {root}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} block</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} blocks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} finding</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} findings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{observed} synchronous copies confirm commits of {node}; {wanted} are wanted.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{proven} of {n} copies proven the same</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{proven} of {n} copy proven the same</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said} up to entry {entry}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said}; compared {ago} ago</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said}; not checked: {what}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>cron</name>
  <message>
   <source>, </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>April</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>August</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Day of the month</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Day of the week</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>December</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>February</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Five fields are wanted: minute, hour, day of the month, month, day of the week.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Friday</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Hour</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>January</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>July</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>June</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>March</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>May</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Minute</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Monday</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Month</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>November</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>October</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Saturday</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>September</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sunday</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The expression</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no time zone '{value}': name one as 'Europe/Berlin' or 'UTC'.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Thursday</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Tuesday</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wednesday</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>each hour at {minutes}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every day</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every minute</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every {days}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every {n} hours at {minutes}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every {n} minutes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has a step that is none</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has a step, and no range to step through</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>is empty</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>is no number</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>is not known here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>is out of its range</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>is too long</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>never comes in those months</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>on day {days} of the month</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>runs backwards</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{days} at {times}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{days} in {months}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{field}: '{value}' {reason}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{first} to {last}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{first} … {last} ({n})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{first}, {second} and {n} more times</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} days a week</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{week}, and {days},</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{week}, if it is {days}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>drawer</name>
  <message>
   <source> on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close the identity card</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copied {n} values.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy values</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Figure</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Figures with source and age</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Identity</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sources disagree on '{what}': {one}, {other}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>age</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>console</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>old,</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>source</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>value</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} ({about})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name}: {source}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} of {cluster}, {at} UTC</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{source} says {value} ({age} ago)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{source}{where}, {at} UTC</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>drill</name>
  <message>
   <source>A harmless fault is made, and the time to verdict and alert is taken.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A standby lets go of its upstream for a while, with your consent, and never below the synchronous ones that commits wait for. The host itself sets it back after a limit if the console is gone.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A throw-away PostgreSQL on the backup host, watched over the same path as a real one, has its postmaster killed. It has to be named within 1.5 s; then all of it is taken away.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Asking for the drills of this cluster …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Automatic recovery is held while it lasts, and says so in its guards.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Begin the drill</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Beginning …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Detector rehearsal</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drill on {cluster}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drill under way</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fault</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fault to alert</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fault to proof of death</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fault to suspicion</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fault to verdict</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its fault is undone first, and that is proven; then it ends as stopped.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its plan stops after the step that runs, and asks on the Recovery page.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Last drill {ago} ago: {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave, nothing was begun</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Measured against what was promised</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No cluster is chosen. Choose one at the left to see its duties and its drills.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No node here is one that this fault can be made on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nodes change. Type {name} to begin.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not begun. {missing}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing was rehearsed here yet. A rehearsal of the detector touches no server and shows how long it takes from a fault to its verdict and its alert.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni leads this cluster and would set it back at once</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Proven in</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reading the duties and drills of {cluster} …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Record</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Record of drills</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rehearsed by itself: {pace}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restore drill</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restored in</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Start a drill …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stop the drill</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stopping …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Switchover drill</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The console's own connection to one node is closed and held. The node goes on undisturbed; it has to be called cut off from here, and never dead.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The console's own heartbeat writer writes nothing for a while. No server is touched: only our own row stands still, and the watch has to notice it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine does not answer. Whether it was begun is told once it does.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine does not answer: this is its last picture. Nothing can be begun.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The name is not right yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The name of the cluster, {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The newest backup is restored into a sandbox and proven. No node is touched.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The primary hands over to a standby and back. Writes stop twice, for about a second each.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The sandbox is taken down. Nothing of the cluster was touched.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Type {name} first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Undone until well again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What is rehearsed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Which fault is made</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Write gap back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Write gap there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a detector rehearsal needs a fault</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a mistake of the console's, with its traceback in the engine's log</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a person stopped it; its fault is undone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a plan of this cluster runs or asks a person</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a standby's stream is cut</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a throw-away server is killed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>another drill of this cluster runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>began (UTC)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>by</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>by itself</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>drill</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ended</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every day</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every {n} days</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>failed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>for {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it changes nodes: the cluster's name has to be typed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it has ended already</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is not watched yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it took longer than promised</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it was named later than promised</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it was not well again within the limit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>kept</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>measured</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>never</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>never came</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no alert came within the limit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no heartbeat is written there: the role may not, or has no table</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no initdb was found there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no standby can be spared: too few would be left for synchronous commit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not here: no node that it could be made on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing was kept of how {node} follows, so it could not be undone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>only a detector rehearsal has a fault</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>our own probe channel is cut</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>passed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>promised {limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>refused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>something else went wrong meanwhile, so it was broken off and undone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stopped</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>that time is not possible</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the cluster has no backup host for a throw-away server</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the cluster is not healthy enough for a drill</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine ended in the middle of it, and its fault is not proven undone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine ended in the middle of it; its fault is undone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine ends</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the fault could not be proven undone at once, only later</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the fault could not be proven undone; its host undoes it by itself</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the heartbeat writer is held</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the host refused it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the last drill of this kind failed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the one that matters least</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the plan is refused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the record could not be written</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the restored copy was not proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the run did not come to its proven end</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the run stopped and asks a person</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the throw-away server could not be proven removed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the throw-away server did not answer over the probe path</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the throw-away server did not start</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the watch did not name it within the limit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the watch named something else</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the way back is refused; the cluster runs on its new primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the write gap was not measured</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there are no backups to restore</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no such cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no such drill</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no such node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>under way</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>without {node} too few standbys would be left for synchronous commit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{kind} on {cluster}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{kind}: {fault}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{measured} ({promised})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is not a node that this fault is for</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} was called dead though only our own channel was cut</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{passed} of 1 drill passed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{passed} of {n} drills passed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{reason} Nothing was changed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject}: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{s} s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text}. Change</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text}: {detail}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{time} over</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title} ({node})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title}, {at} UTC: {state}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title}. {below}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title}: passed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title}: passed. {figures}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title}: stopped. {why}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title}: under way.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title}: {fault}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title}: {state}. {why}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what}, {node}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>duty</name>
  <message>
   <source>'{text}' is no number of days. From one hour (0.042) to {most}, or 0.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>0: no duty here, and never overdue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 day</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 duty of {cluster} is overdue: {first}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Approver's key</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Asking for the duties of this cluster …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>At least every, days</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back up</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Backup read back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Books recomputed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Compare</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copies compared</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Detector rehearsed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drill …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Due so many days before its end</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Duties</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every duty of {cluster} was done in time; next: {first}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It ended {time} ago.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It ends in {time}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It ends in {time}; renew it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It ends {at}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It ends {at}; due: renew it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its end is not told: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Last tried {ago}, and it failed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Last {ago}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave, nothing was changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No duty of {cluster} can be told yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing has to happen regularly here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is overdue on {cluster}, but 1 duty was never done; next: {first}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is overdue on {cluster}, but {n} duties were never done; next: {first}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Overdue: {title}. {why}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Prove a restore</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Read back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Recompute</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rehearse …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restore proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Saving …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Server's certificate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Switchover drilled</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine does not answer. Nothing was saved.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The last time failed on {cluster}: {first}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>approvers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>at least every {every}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>backup jobs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>backups' marks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>comparisons</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>drills</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>due in {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>due {at}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>due {every} before its end</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it ends soon</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it has ended</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it has no end</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it never happened here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it was not asked yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it was not told</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its file can't be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its host could not be reached</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its host has no openssl, and no other way to read it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its repositories were not read yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no ledger is known here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no server answers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not a duty here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>overdue since {at}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>recorded: {source}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>seals</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the cluster has no backup policy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the console's records can't be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the last time failed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the server has no certificate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no second copy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is nothing here that it could be done with</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>what was answered makes no sense</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{act}: {title}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{duty}: how often on {cluster}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{last} ({why})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{late} of {n} overdue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} days</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} duties of {cluster} are overdue, first: {first}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{time} ago</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title}, {often}. Change</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>fleet</name>
  <message>
   <source>, limit {limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 card would move</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>60 s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add a cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add a cluster …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Asking the engine what it watches …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>By its own rules; whether it is paused is not read yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Clusters</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Heartbeat</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It would promote {node} by itself: every guard holds now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Last proven backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>May act automatically</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next by itself: nothing planned. No backup is made without you; nodes of {clusters} may be changed, where a primary is lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next by itself: nothing. No node is changed, and no backup made, without you</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next by itself: {what} of {cluster}, {when} UTC. No node is changed without you</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next by itself: {what} of {cluster}, {when} UTC. Nodes of {clusters} may be changed without you, where a primary is lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No backup was made</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No cluster is watched yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No policy says that backups are made</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>None</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>None proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>None yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not known yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Proven {age}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Start the lab</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The console would not act by itself now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The console would not act now: {why}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine has not told of backups</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The lab is starting …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The newest, {kind} of {at}, was never restored on trial</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This console</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Whether the console would act by itself is not judged yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With no servers at hand, start the lab: a real three-node PostgreSQL cluster on this desk, with a ledger under load, to break and to mend. It takes about ten seconds and is taken down whole.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With servers of your own, name one host of a cluster: the console finds the others over SSH, shows what it found, and saves nothing until you agree.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>behind (flush)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>in sync</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>last {span}, one mark a second</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>last {span}, one mark each {interval}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>none late</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>none missed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>old, {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>order kept while you are here, {kept}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>round trip</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>silent for the last round</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>silent for the last {n} rounds</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>silent {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>worst first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{kind} of {at}, restored with whole books</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{lag} behind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node}, not asked yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node}, {on_time} of {asked} on time, {late}, {missed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node}, {role}, {health}, {figure}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} cards would move</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} late</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} missed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{size} left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text}, {silent}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>fork</name>
  <message>
   <source> (there as {n})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Book {n} of them on {winner} with entries.sql, then bring {loser} back: rejoin {cluster} {loser} --fork exported.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No choice has to be made.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Offered to be kept: {node}, {why}. Export the other's entries before it is rewound.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Only {one} holds entries that {other} does not.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Their books are the same: {same}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>They part at {position} of timeline {timeline}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Timeline {n} is another history on either side: two promotions took the same number.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>another comparison runs, and {subject} has to wait for it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>another console holds the lock, so {subject} is not opened</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>as clients write there now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>as it holds more entries of its own</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>as the other has nothing of its own</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>differs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every node of {subject} follows the primary: there is nothing to compare</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>more differs between {subject} than is compared entry by entry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>only on {a}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>only on {b}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the WAL or the control file of {subject} could not be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the host of {subject} could not be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{a} and {b} both wrote after they parted.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{a} and {b} hold the same books.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} holds nothing that the other does not.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} holds {n} entries that the other does not: {sums}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} entries of {loser} were written to {place}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} numbers stand on both sides with other content.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} of them were booked again on the other side, under the same reference.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{origin} up to entry {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject} belongs to another cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject} could not be opened closed, for reading</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject} has processes and gives no answer: fence it first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject} was opened for reading and could not be closed again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>… and {n} more; all of them are in the export.</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>graph</name>
  <message>
   <source>(flush)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>, </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Commits wait for no standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Commits wait for {names}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show every node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL archive</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>age of reads not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>answers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>async</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>async: commit does not wait</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>behind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>behind (flush)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>from {node}: {kind}, {detail}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>furthest {lag}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>healthy, reads up to {lag} old</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>in step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>lag not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>last segment</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ledger not read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no segment seen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not streaming</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>position not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>reads are {lag} old</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>should be sync</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>silent {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sync</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sync: commit waits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>together: {names}; Enter shows each</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>would take over</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{age} ago</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} entries/s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} entry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} places</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} standbys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} × {kind}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{size} left</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>group</name>
  <message>
   <source>A former primary has to be copied anew: switch use_pg_rewind on.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Approve its loss by its number.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bring a majority of the consensus store (etcd, Consul, ZooKeeper) back first: without it no Patroni may lead, and nothing that it is asked for is done.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bring a majority of the consensus store back first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bring a standby back: without one in /sync nobody may take over.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose another member.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Commits wait for nobody: a failover may lose the last of them.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Confirms commits (/sync)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Danger that Patroni's own words show</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Have it act by itself again: patroni CLUSTER resume.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>If its Patroni dies, {node} stays writable after another leads. Set a watchdog up there (watchdog.mode in Patroni's configuration).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It is so already.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look at the Patroni of {node}: when its key runs out, another member leads.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look at the log of the Patroni of {node}: it is about to promote, or can't.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look with 'patroni CLUSTER status' why {node} does not stream.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Members come and go with their own Patroni: start one with the same scope on the new host, or stop it and take the member out with patronictl. Then mend the inventory.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mend the inventory: {node} belongs to another cluster.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nobody can see that nothing writes on {node}, and Patroni fences no other host: without a watchdog there its server may go on. Switch that host off if you can.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nobody can write while {node} restarts: a switchover first makes that shorter.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nobody is fenced: Patroni trusts its key and, where there is one, the watchdog. There is no way back once it was asked.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nobody leads, so there is nothing to copy from. Mend that first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Only its own Patroni can do it: start the Patroni service of {node} first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni acts by itself</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni does it, asked by its own interface; the console asks, follows and proves, and changes nothing behind its back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni does what it is asked for in pause too, but nothing by itself. Afterwards: patroni CLUSTER resume.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni fails over by itself when the key runs out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni hands over to members of /sync only. Wait until {node} stands in it, or ask for a failover to it, with the loss approved.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni has no gate behind its own fence: what may be lost is judged now and right before the request, and not again after it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni is not paused: it fails over by itself when the key runs out, and may be quicker.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni is paused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni is paused, so nobody takes over unless asked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni promotes by itself a member that lacks up to {figure} bytes. Lower maximum_lag_on_failover, or let commits wait.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni rewinds {node} by itself where use_pg_rewind is on; what can be asked for is a new copy.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni sets for whom commits wait, and would set ours back. Change it there: patronictl edit-config, synchronous_mode and synchronous_node_count.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni throws the data of {value} away before the new copy is there: there is no way back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni's own to change</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restart {node} when it suits: restart CLUSTER NODE.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scheduled switchover</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Somebody has ordered a switchover for later. Take it back first: patronictl flush CLUSTER switchover.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Start the Patroni of {node}, with the scope of this cluster.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Start the Patroni of {node}: nobody looks after its server.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stop the one without the key first: {node}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Switch remove_data_directory_on_diverged_timelines off: only that directory may hold the entries.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Take the scheduled switchover back: patronictl flush.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The Patroni of {node} runs and looks after its server.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The data of {node} may be the only copy of what it took. Stop it first, and compare: fork CLUSTER.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The data of {value} goes beyond the fork, and Patroni keeps none of it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The key lives {figure} s: so long is an outage at least.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The server of {node} takes writes and its Patroni gives no answer: whoever is promoted now would be the second primary. Start its Patroni again, or stop that server, then check again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Together {figure} s: raise ttl, or lower the other two.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Two servers take writes: that comes first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Under Patroni nobody is fenced by the console: leave the fence out, and see that {node} can't write.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wait until somebody leads, or fail over where Patroni is paused.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What stands against asking Patroni</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Whoever reaches {node} can change the cluster: set restapi.authentication.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a diverged data directory is thrown away by itself</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a failover by itself may lose up to maximum_lag_on_failover</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a majority of the consensus store answers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a switchover is scheduled</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has a server that began later, and runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has a server that began later, and streams from the holder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has at least {count} standbys in /sync</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>holds the key and takes writes, and nobody else does</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>how far it is behind is not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>is fit to take over, and nobody else has</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it can't take over</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it does not stand in /sync, so what it lacks may be lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it holds the key already</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is further behind than maximum_lag_on_failover</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is so already</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it stands in /sync, so it holds every confirmed commit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it waits for a restart to take up changed settings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its Patroni brings it back by itself; a new copy is the last way</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its Patroni gives no answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its Patroni starts it again by itself</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its interface asks for no password</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its loss is not approved</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its members are of two clusters</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its server does not run, by Patroni's word</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its server takes writes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its server takes writes while its Patroni gives no answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its tag 'nofailover' forbids it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>loop_wait + 2 * retry_timeout is longer than the key lives</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no Patroni runs there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no majority of the consensus store answers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no member confirms commits, so Patroni lets nobody take over</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no standby confirms commits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nobody holds the key</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing is cut before Patroni promotes, so positions still move</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>replication is asynchronous</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>says that it acts by itself, as every other member does</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>says that it is paused, as every other member does</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stands in /sync</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the Patroni of the holder gives no answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the consensus store has no majority</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the group knows of no such member</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the holder has no watchdog</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the holder takes no writes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the key lives long</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>two servers take writes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>use_pg_rewind is off</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} leads: its data is the cluster's. Switch over first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} may hold the only copy of acknowledged entries. Export them, then decide: fork.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} may lack confirmed commits: choose a member of /sync, or approve the loss by its number.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} streams. For a new copy all the same, ask with --rebuild.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} takes writes and its Patroni answers. What it confirms until it steps down may be lost with a member outside /sync: a switchover to a member of /sync loses nothing.</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>host key</name>
  <message>
   <source>Accept</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Accept the key {fingerprint} of {host}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Accepted. {host} is asked anew.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Host keys to accept</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No host key waits for you.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nobody has accepted these host keys yet. Compare each SHA-256 with the one that the host's owner tells you on another way, then accept it. Until then nothing is sent to the host.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Would be stored in {path}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{host}, port {port}: {kind}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>incidents</name>
  <message>
   <source>, </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 alert</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 entry lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 incident is open: {title}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 line</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 open</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All clusters</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Incidents</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lines</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lines of the incident</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No incident is open</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No incident of {cluster} yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No incident yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No picture is kept of this moment, so nothing is shown of it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No picture is kept of this moment. The one below is {age} older.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>None yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>One begins when a cluster is degraded or lost, and keeps verdicts, evidence, acts and a picture of each second, to be replayed. A rehearsal makes one on purpose.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Only the newest {n} are listed here; 'incidents list' knows all.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open its run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open run {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pause</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Picture and guards</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Play</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reading the incidents …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rehearse the detector …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Report: {path}, SHA-256 {digest}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Space</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine does not answer. It tells of incidents once it does.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine does not answer. No report was written.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The guards of automatic recovery were not judged then.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The report is being written …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Time line of the incident</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ways out …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What happened</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What was known at {at}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a primary again after {duration}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>action</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>alert</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>alert comes and goes, kept open: {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>alert no longer silenced: {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>alert opened: {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>alert over: {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>alert silenced: {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>alert worse: {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>alert: {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>all is well again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>and 1 node more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>and {n} more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>and {n} nodes more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>by lines</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>by seconds</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>drill</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>drill: {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>evidence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>fault</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>fault made on purpose: {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>from {begin} to {end}, {duration}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no entry lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no primary for {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>of {n} seconds no picture is kept</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>open since {at}, for {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>pictures</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>since {at}, goes on for {duration}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>somebody</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>verdict</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{at}, {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{at}; last before it: {line}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{cluster}: {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{guard}: {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{guard}: {observed}, against {threshold}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} {value}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node}: {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} alerts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} entries lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} further lines were not kept</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} incidents are open, the first: {title}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} lines</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} newer: show</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} open</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} seconds a second</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n}×</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text} (drill)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text} ({details})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text} ({source})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text}: {note}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{time} after it began</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{time} before it began</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} ({health})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} is over</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} {about}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what}, step {step}: {state}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what}: {state}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{who} took the alert {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{who}: {what}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>keys</name>
  <message>
   <source>Acknowledge the alert on top, with a note</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add a cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All keys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close the window; the engine goes on watching</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Filter clusters and nodes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Go to a page, a cluster or a node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Go to the list of clusters and nodes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>In a wizard: rehearse the plan; on the Backups page: restore …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>In a wizard: the step before</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave: close what lies on top, empty the filter, go back to the Fleet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>On the Backups page: back up now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>On the Backups page: restore the newest backup and show it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>On the Incidents page: play the incident, or pause</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>On the Incidents page: the picture of a second before, or after</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>On the Recovery page: copy the situation as text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>On the Recovery, Backups and Drills pages and in a wizard: ask anew</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open what has the focus</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Page: {page}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show the alert on top, then the next</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Silence the alert on top for a time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stop the plan that runs after this step, or a drill, or cancel a backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The page's main act, or the next step of a wizard</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>To the next control; with Shift to the one before</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Within a list</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>lab</name>
  <message>
   <source>Another rate …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close SSH</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Entries per second</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fill the disk</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Freeze</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Kill the postmaster alone (kill -9)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Kill the whole server (kill -9)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lab</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lab: break and mend this cluster on purpose</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mend everything</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mend {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open SSH</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pause replay</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Resume replay</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Start</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stop</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Thaw</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Workload</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} entries per second</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>left</name>
  <message>
   <source>1 thing of ours lies on the nodes of {cluster}; {may} of it may be removed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 thing was removed from the nodes of {cluster}. There still: {left}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not removed: {what} on {node}, {where}: {said}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing of ours lies on the nodes of {cluster} that answered.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL beyond a fork</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a command that was cut left it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a copy that did not take the data's place</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a long command and its log</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a rejoin configured it and was not proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a restored copy that waits, or was left, beside the data</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a rewind was begun there and did not end</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a run has not ended, and may need it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a server that was started by us wrote it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a start of ours lets the messages go there again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a stopped server was read there, closed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>another console began it, and clears it away</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>as it was before a rejoin</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>as it was before a rewind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>closed reading</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>copy beside the data</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>emptied when the node was cut from its upstream</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>how the server was started before it was read closed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it belongs to another cluster that had the same place</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it goes with the directory that it speaks of</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is empty, and whoever takes the lock needs it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is in use</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it may hold what is nowhere else: delete it on {node} yourself</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its node is away, and will need this WAL when it comes back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its term must only grow: an old command is known by it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its upstream was another than the primary: rejoin {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>keeps WAL, and nobody uses it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>keeps two consoles from changing the cluster at once</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>kept as evidence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>kept configuration</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>kept login</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>kept setting</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>kept until the new copy is proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>lets two that want the lock come one after the other</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>lock file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>log of a server</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>mark of a fence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>mark of a rejoin</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>mark of a rewind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>may be removed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no mark of ours says that we made it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing may start there before a new copy: rejoin {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>old data</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>passing file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>place of the server's log</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>replication slot</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>rescued WAL</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>restore_command as it was before a rescue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>says that the copy is complete</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>says that the copy is ours</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>setting</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>signal file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>somebody holds it at this moment</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stays: {stays}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>still reads rescued WAL</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>supervised command</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>switched off for a promotion</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the cluster's lock</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the data as it was before a restore</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the node logs in with it when it follows again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the node was fenced</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the node was stopped so that it could only start read-only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the setting has not been put back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>this version does not know what it is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>this version does not know what it is for</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>unknown file in our place</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{age} old</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} does not stream as a proven standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} has no server that answers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} needs it when it becomes a standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} was left behind, and may only start read-only until it is rejoined</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} was left behind: this may be the only copy of entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} was not asked: {why}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} things of ours lie on the nodes of {cluster}; {may} of them may be removed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} things were removed from the nodes of {cluster}. There still: {left}.</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>list</name>
  <message>
   <source>1 cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All clusters</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Clusters and nodes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Filter clusters and nodes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stripes: solid is production, two-part is staging, dotted is lab</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>backups</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>old</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{clusters}, 1 host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{clusters}, {n} hosts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} clusters</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>loss</name>
  <message>
   <source>1 entry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Promoting {node} loses nothing that was acknowledged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Promoting {node} now loses nothing that was seen, and up to {more} that nobody saw</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Promoting {node} now loses {entries}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Promoting {node} now loses {entries}, and an unknown number that nobody has seen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Promoting {node} now loses {entries}, and up to {more} more that nobody has seen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What promoting {node} would lose is not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What would be lost is not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>at most {n} entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>commits that wait for no standby stand outside of this</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>loses nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>loses {figure}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>loses {low}, at most {high}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>loss not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the candidate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the primary was last read {time} before it fell silent</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the primary was last read {time} before it fell silent, at {rate} entries/s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{low} to {high} entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} entries or more</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>monitoring</name>
  <message>
   <source>1 check</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 check, not run yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A check counts for something: shown, alert, evidence, condition</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A check needs a command or a statement, of one piece of text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A check runs every 5 seconds at most, and once a day at least</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A check's limit is from 0.1 seconds to 5 minutes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A check's name has 1 to 60 letters, digits, dots, dashes, underscores or spaces</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A duty has to happen every so many hours, or 0 where it is none</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A host without PostgreSQL has no role</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A limit is not in Nagios's range format, as 10, 10:, ~:10, @10:20</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A role is primary or standby, or nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add a check …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Asked is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>At most, s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Change …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Check</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Check {check} on {cluster}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checks and what they said</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checks get no result on {node}, as its host can't be reached</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checks: {ok} of 1 OK</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checks: {ok} of {n} OK</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Critical</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Critical at</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every, s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It asks by</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It counts for</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its first line is what it says; what stands behind a | is charted.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keep it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave, nothing was changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Limits are for SQL; a command judges by its own exit status</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nagios's ranges: 10 is outside 0 to 10, 10: is below 10, @10:20 is within</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>New check on {cluster}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No checks of your own watch this cluster yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not saved. {mistake}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>OK</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>On these nodes; none ticked: on every PostgreSQL node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Only while a node is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Remove</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Remove {check}? It runs no more; its readings stay until they age out.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>SQL, every {every}, at most {limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Saving …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>State</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The check {about} gives no result on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The check {about} is critical on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The check {about} warns on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The cluster has as many checks as it may have</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The cluster has no such node, or it has no PostgreSQL to ask</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine does not answer. Nothing was saved; what is typed stays here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is a check of this name already; replace it to change it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no check of this name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Unknown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Warning</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Warning at</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Yes, remove it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a command on the host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a lock or the time limit stopped the statement</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>age</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>an SQL statement, read only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>as replication slots</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>command, every {every}, at most {limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>condition for automation</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>counts for</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>evidence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it ended with an exit status that the convention does not know</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is running already</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it printed more than is taken; the rest was thrown away</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it printed nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it was ended by a signal</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its answer makes no sense</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its first column is no number that a limit could judge</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its host could not be reached</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its program may not be run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its program was not found</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>last {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>more than one statement was given</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no end within its limit, and it could not be ended on its host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no end within its limit; it was ended on its host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no server answers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not run yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>off</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>on every PostgreSQL node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>on every standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>on the primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>on {nodes}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>on {nodes}, while it is a standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>on {nodes}, while it is primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>psql was not found on its host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>raises alerts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>shown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>standbys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sudo was refused on the host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>switched off</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the connection was lost before it had ended</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the node has another role now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the password for its database is not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the server refused the statement</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the server refuses the session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the statement gave no row</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the statement would write, and was refused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>what it said</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>whatever its role</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{checks}. Show them</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{check} on {node}: {state}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{label}, {unit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{label}: {lines}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{line}, {said}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{line}: {said}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} {last}, from {least} to {most}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} checks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} checks, not run yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said} ({why})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said}. Nothing was changed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said}; {worst}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{told}: {detail}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>patroni</name>
  <message>
   <source>A diverged data directory is thrown away by itself, with entries that only it may hold.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A failover may lose up to {observed} (maximum_lag_on_failover) without asking anybody.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A switchover is scheduled already.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It is so already.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It lives at least {time} longer if nobody renews it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its settings could not be read.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Key lives {ttl}, loop {loop}, retry {retry}, {sync}, restart in place within {restart}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No Patroni runs on {node}: whatever its server does, nobody looks after it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No standby confirms commits: if the primary died now, Patroni would let nobody take over.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nobody holds the key of {cluster}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nobody holds the key, so there is nothing to copy from.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nobody holds the key: no server may take writes.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not proven after {time}. {answer} Last seen: {seen}. Wanted: {wanted}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni is held</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni is paused: if the primary dies, nobody takes over.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni is paused: it changes no roles by itself.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni of {cluster} acts by itself again, taken up by every member that answers, proven after {time}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni of {cluster} is paused, taken up by every member that answers, proven after {time}. If the primary dies now, nobody takes over.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni refused it: {said}. It is not so: {seen}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni said: {said}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Replication is asynchronous: a failover may lose what no standby has.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>SPLIT BRAIN: {node} takes writes without the key, which {observed} holds. Fence {node} first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The Patroni of {node} gives no answer, and it holds the key: when that runs out, another leads.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The Patroni of {node} gives no answer.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The consensus store has no majority.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The consensus store has no majority: no Patroni can lead. Mend the store; the data is not at fault.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The consensus store of {cluster} has no majority: Patroni demotes the primary, nobody leads.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The group knows of no member {node}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The interface of {node} asks for no password: whoever reaches it can change the cluster.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The key lives {observed}: so long is an outage at least.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The server of {node} was started anew and runs, proven after {time}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Two servers take writes: that comes first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Whether Patroni does it is not known: {said}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Whether the consensus store of {cluster} answers could not be found out.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a change of who leads {subject} needs a plan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a restart is pending</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>asynchronous</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>confirms commits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>holds the key</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>how far it is behind is not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it does not confirm commits, so what it lacks may be lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it holds the key already</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is further behind than maximum_lag_on_failover</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is on another timeline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its Patroni gives no answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its server does not run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its server: {said}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its tag 'nofailover' forbids it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>leads standbys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>loop_wait + 2 * retry_timeout is {observed}, longer than the key lives ({limit}).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no Patroni runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>silent</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>synchronous</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>synchronous by quorum</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>unknown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>use_pg_rewind is off: a former primary has to be copied anew.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>without a word</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} belongs to {observed}, the others to {limit}: this is not one cluster.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} can take over</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} can't take over.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} can't take over: {why}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} does not confirm commits: its loss is not approved.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} has a new copy and streams on the timeline of the primary, proven after {time}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} holds the key of {cluster} on timeline {timeline}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} holds the key, and its server takes no writes.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} holds the key: its data is the cluster's.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is on another timeline and may hold entries that nobody else has: export them first, or give them up with --discard.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} leads without a watchdog: if its Patroni dies, it stays writable after another leads.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} leads {cluster}, proven after {time}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} only with an approved loss: {why}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} takes writes: its data may be the only copy of them.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} waits for a restart to take up changed settings.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject} is not under Patroni in the inventory</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{why} Nothing was sent.</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>peers</name>
  <message>
   <source>1 conflict so far</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 failed try</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The book of {origin} differs between {one} and {other} within entries 1 to {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The book of {origin} is empty on {one} and {other}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What {name} takes from peers can't be said: {why}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a peer that is not watched here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>conflicts rose within the last hour</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>heard {seconds:.1f} s ago</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is behind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is disabled</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its PostgreSQL is older than 16, whose subscriptions know no origin</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its origin is not 'none': entries may go round and round</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no primary is seen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no worker runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not checked: the book of {origin} on {one} and {other}: {why}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing was heard for too long</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>proven: the book of {origin} is the same on {one} and {other}, entries 1 to {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the books of both sides differ</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>what arrives can't be applied</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} takes entries from 1 peer, {running} running</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} takes entries from {n} peers, {running} running</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} takes nothing from any peer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name}: {source} to {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} conflicts so far</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} failed tries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{size} behind</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>plan</name>
  <message>
   <source>1 more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>; </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A person vouches for it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Adding</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ask Patroni</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ask Patroni for it: {operation}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ask Patroni: {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Attach {node} as standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Attach {node} as standby of {upstream}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Carry that WAL from {source} to {node}, with checksums</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Carry that WAL to the candidate, with checksums</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Carry that WAL to {target}, with checksums</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Carry the WAL over</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Carry the kept WAL of {node} to another host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Carry the kept WAL of {node} to {to}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Carry the kept WAL to another host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Change a setting</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Change of protection</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checkpoint</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checkpoint on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Configure {node} as standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Configure {node} as standby of {upstream}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy the primary to {node}, beside its old data</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy {upstream} to {node}, beside its old data</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Count the loss again, now that it can't grow</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Count the loss again, right before Patroni is asked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Create slots</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Create slots on {node} for its followers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Create slots on {node}: {slots}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cut {nodes} from {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cut {node} from the old primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cut {node} from {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Delete the old data</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Delete the old data of {node}, now that the new is proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drop slots</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drop the slots on {node} that nobody uses</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drop the slots on {node}: {slots}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Failover</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fence and rescue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fence by the operator's own command</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fence {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fence {node} by quorum: nobody confirms its commits any more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fence {node} by the operator's own command</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fence {node} on a person's word</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fence {node} over SSH</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fill the archive</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Follow an upstream</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Gate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Give the lock back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Give the restored copy the settings of {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Have Patroni copy {upstream} to {node}, whose old data goes first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Have Patroni make {node} the primary, in the place of {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Have Patroni restart the server of {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keep the WAL beyond the fork</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keep the WAL of {node} beyond the fork</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keep the WAL of {node} beyond the fork on {to}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keep the old data of {node} under another name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lay backup {backup} of {repository} out on {node}, beside its data</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lay the backup out on {node}, beside its data</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Let commits on {node} wait for no standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Let commits on {node} wait for {names}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Let commits on {node} wait for {value}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Let go of the upstream</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Let it replay its own WAL, closed and read-only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Let {node} replay its own WAL, closed and read-only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lift the fence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lift the fence of {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Limit {limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>List the WAL on {node} that nobody else has</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>List the WAL on {node} that {target} lacks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>List the WAL on {source} that {node} lacks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>List the WAL to rescue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look, and change nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make it a standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make the archive whole from {target}, up to the fork</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make the archive whole up to the fork</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No proof of its own</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Note how far {node} has come, now that it stands still</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Point {followers} at {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Point {node} at the new primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Point {node} at {upstream}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Prepare</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Promote</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Promote and repoint</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Promote {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Proof</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Proof to come: {clauses}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Prove the books</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Prove the books of the restored copy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Prove the books on {nodes}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Prove the fence of {node} again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Prove with two looks that {node} alone takes writes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Put the new copy in place</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Put the new copy of {node} in place, the old data is kept</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Recover the copy on {node} to its target, closed and read-only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Recover the copy on {node} to {target}, closed and read-only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rejoin</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Removal</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Remove from {node} what we left there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Remove what we left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Replay the rescued WAL</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Replay the rescued WAL on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restart</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restore</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rewind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rewind {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rewind {node} to where it left {upstream}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run the hook</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run the hook '{hook}' on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run the hook on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Set for whom commits on {node} wait</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Set for whom commits wait</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Set the commit level</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Set the commit level on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Set the commit level on {node} to '{value}'</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Start the server</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Start {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stop the server</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stop {node} cleanly</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stop {node} cleanly ({why})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Switch the WAL summarizer of {node} off for the while</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Switch the WAL summarizer of {node} on again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Switchover</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Take back the settings of the rescue on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Take the lock</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Take the lock on a majority of all nodes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Take the lock on {needed} or more of {nodes} nodes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Take the rescue's settings back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Take the settings of the restore back on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Tidy up</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wait for a person to accept what was restored, or to roll back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wait until Patroni has standbys confirm as its settings promise</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wait until the followers have what is needed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wait until the members stream from {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wait until {followers} stream from {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wait until {nodes} have what is needed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wait until {node} has all that {subject} wrote</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wait until {node} has replayed all</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Write a marked commit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Write a marked commit on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Write a marked commit on {node}, confirmed by 1 standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Write a marked commit on {node}, confirmed by {count} standbys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Write a marked commit, confirmed by the promised standbys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a person vouches for it, by name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>accepts writes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>accepts writes on a new timeline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>accepts writes on a timeline after {timeline}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>accepts writes on timeline {timeline} or later</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>answers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>each check of the books, with its scope</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has a checkpoint on its present timeline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has a complete copy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has a marked commit that {many} standbys hold</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has a marked commit, confirmed as promised</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has done the hook: {proof}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has its old data no longer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has its own settings again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has its settings as before the rescue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has no process, and its control file says 'shut down'</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has no process, nothing answers, and it could only start read-only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has no receiver and names no upstream</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has replayed past the end</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has replayed past the end of {upstream}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has replayed past {position}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has replayed to the end of the rescued WAL</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has the WAL listed with checksums</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has the WAL, and its checksums agree</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has the commit level '{value}'</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has the commit level that was set</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has the copy stand read-only at its target</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has the new copy in place</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has the setting that was set</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has the slots</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has the slots {slots}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has the whole backup beside its data</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has these slots no longer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has {name} set to '{value}'</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>holds every WAL file up to the fork, and the history</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>is a standby that bears no mark of ours</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>is as the plan wants it, by a look of the plan's own</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>is done, by a proof of the operator's own</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>is rewound to the new timeline, and the rewind was not cut</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>is the same machine and system as planned</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>is what was asked for, by Patroni and by the server</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>just after entry {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>just before entry {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>keeps every WAL file with its checksum</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>lets commits wait as set</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>lets commits wait for {value}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>may start as primary again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no more than {most} entries are lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no node holds our lock any more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not named</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>our lock stands on a majority of all nodes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>our lock stands on {needed} nodes or more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>position {lsn}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>runs as standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stands where the copy stood</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>streams from {upstream} on its timeline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>streams from {upstream} on timeline {timeline}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>streams on the timeline of its upstream</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>takes no writes, as far as it can be seen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the latest moment</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the loss is within what was approved</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the restore point '{name}'</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>would start as standby, with upstream and slot as planned</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} {clause}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{time} UTC</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} of {cluster}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} of {cluster} from {subject} to {target}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} of {cluster} to {target}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} of {cluster}, with {target} as its primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} of {subject} in {cluster}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what}, on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what}: {node}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>policy</name>
  <message>
   <source>'{name}' lies there already: each takes a directory of its own.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>'{text}' is no number. Write it as 12 or 0.5.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 field</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 field has to be mended before it can be saved.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A number from 1 to {n}: the last full backup is never given up.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A number of MB/s above 0, or empty for as fast as it goes.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A number of days, or empty to keep by count alone.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A tape is only added to: name a directory that may be written freely.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A whole number: at least so many full backups stay.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A whole path is wanted, as /srv/backups/ledger: from /, without '..'.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add a line</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add a repository</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Another repository has this name already.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Archive there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Backup policy of {cluster}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Begun by</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>By this, now: {said}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose the host that keeps it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Compressed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Configuration</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Directory</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Directory there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every moment of, days</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Full backups, at least</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Give it a name.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How the host logs in for replication. Never a password: name a passfile.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Known there as</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave, nothing was changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lies at another site than the cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lies on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Limits, and where restores are tried</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Login</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Made by</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mirror</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>More</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name it as its engine's configuration on the host does.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name the directory that the servers archive to, as the host sees it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next, in {zone}:</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not saved: {fields} to be mended first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is planned: backups are made by hand only.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>On which repository</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Only letters, digits, '-', '_' and '.', and first a letter or digit.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PostgreSQL in</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PostgreSQL's own tools can't write there: choose Barman or pgBackRest.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Program</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rate at most, MB/s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Remove</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restored on trial on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Saving …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Staging</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Taken from</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>That is the repository itself: name a second directory.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The calendar has nothing to work on: add a repository.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine does not answer. Nothing was saved; what is typed stays here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The next runs are shown once every line can be read.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no repository '{name}'.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no such host in this cluster.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is nothing yet that could go.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Time zone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL comes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What is done</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What stays</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>When</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>When: minute, hour, day of the month, month, day of the week</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a standby that is close, else the primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>as fast as it goes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>beside the repository</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>by count alone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the repository's own host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>where its package looks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} fields</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} fields have to be mended before it can be saved.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{repository}: {said}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{weekday} {day} {month} {clock}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{when} {what}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>prompt</name>
  <message>
   <source>1 more question waits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A question</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A server asks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Asked by {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Decline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keep in this desktop's keyring</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is asked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} more questions wait</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>recovery</name>
  <message>
   <source>. </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A failover only after it was fenced by ending its processes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A restart in place loses nothing and is tried first, then a failover</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>About {time} ({ground})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ask again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Asked {at} UTC</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Asking for the runs of this cluster …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy situation</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every node is being asked what it sees. This takes a few seconds.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Evidence: none that is strong enough. Nothing is done on it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Evidence: {level}. {allows}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fail over</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fail over to {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It is not dead: see why it refuses before anything is changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No change can be prepared now: the reasons stand beside each way.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No cluster is chosen. Choose one at the left to see its situation and its runs.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No node of this cluster is primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No plan has run here yet. Prepare a switchover and rehearse it: a rehearsal looks at every step, changes nothing, and shows what a real one would do.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nobody can see whether its server still runs, so it must be fenced before any promotion</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is done by itself: ask who stopped it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is known of this cluster yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Prepare the failover …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Prepare the rejoin …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Prepare the restart …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Prepare the restore …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Prepare the switchover …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Recommendation</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Recommended: {title}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rehearsal: {title}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rejoin a node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rejoin {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restart in place</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restart {node} in place</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restore from a backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run of {at} UTC, only to read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Runs of this cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show the plan that runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Steps to read first. Nothing on any node changes before step 8.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Steps to read first. Nothing on {node} changes before you approve.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Switch over</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Switch over to {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine does not answer: this is its last picture. Nothing can be changed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The row asks, the column answers. Arrow keys tell a cell in full.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The situation was copied as text.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Too weak for any change: look at the network between here and it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wait</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ways to go on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Who could take over</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Who sees whom</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Who sees whom: the row asks, the column answers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>about {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>alive, and refuses</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>answers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>answers in {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>asked {at}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>asked {at}, {age}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>began (UTC)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>behind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>by</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>can be promoted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>changes nothing, looks again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ended</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>hard (the host itself shows that no process is left)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has WAL up to</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>hung (its processes are there, and do not answer)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>may it be promoted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>measured in the lab</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no link</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no stream</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not possible</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not possible: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>of it seen, in money</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>old: asked {at}, {age}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>past runs of this cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>recommended</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>refused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>refused: {reasons}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>silent</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>source not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stopped by somebody</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>streams</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sum of the plan's steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>suspected (only the console does not see it)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the reason is not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>this console</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>timeline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>unknown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>witnessed (its standbys do not reach it either)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>would lose</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>writes stopped</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{asker} and {answerer}: nothing is known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{asker} asks {answerer}: {state}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{asker} asks {answerer}: {state} ({source})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{loses}: {money}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is primary and answers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} was primary and is lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{proven} of {n} proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{run}. Enter opens it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{state} {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>← Situation</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>restore</name>
  <message>
   <source> + </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>'{text}' is not {form}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>, </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 h</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 min</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A copy is made and opened; nothing of the cluster is touched</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A copy on the backup host, opened read-only and proven. No node changes.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A node gets its data from the backup and follows the primary as a standby.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A server is started on it that nothing in its data can lead to production.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Accept or roll back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>After entry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Against live</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Anchors: moments with a name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Approval</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ask the copy …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Asking whether it can be had</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Asking whether the chain and all WAL up to there are present …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Asking …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back to a moment that was not named</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back to just after entry {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back to just before entry {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back to position {lsn}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back to the latest moment: all WAL that there is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back to the restore point '{name}'</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back to {moment}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Backups that are laid out, in this order</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Before entry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Business anchors</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cancel takes away only the copy.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cancelled: the copy was taken away</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Chain</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checks of the plan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose another, or go back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choosing changes nothing. What is chosen can be read to its end first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close it, take it away</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Done</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Enter chooses it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Entry {n} was booked at {at}. Restorable: chain and all WAL up to there are present.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Estimated from measured rates. Nothing on any node has changed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Estimated time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every node is asked. Nothing on any node changes.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Find an anchor</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Follows, proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>For a mistaken delete: find what was there, and book it again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From here a copy is written</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From here the target is written</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Goal</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Goal: inspect in a sandbox. No step touches the running cluster.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How the recovery is told to end</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Identity card</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Inspect in a sandbox</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Is there room, and how long does it take?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Is written</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It becomes a standby. Its old data lies beside until the new one is proven.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It is opened read-only, for you to ask.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It listens on no network, archives nothing, follows nobody, runs no job of its own.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It starts by itself once it is approved</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It stays open until you close it, and takes its room until then.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It took</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Journaled after each step. Closing this window stops nothing.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>LSN</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Last entry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Latest: all WAL that there is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lay out, stop the ledger</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave, it goes on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave, nothing was changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left open, it stays: the Backups page shows it, and closes it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left. No node of {cluster} was changed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make room there, or name another sandbox host in the policy.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Moment to go back to</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nearest: {at}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nearest: {lsn}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next: approve</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next: point in time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next: preview</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next: source chain</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next: space and time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next: target</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No node is chosen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No node of the cluster was changed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nodes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not asked yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing else was touched.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing on any node changes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing on any node changes before step {n}. Closing this window loses nothing.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing on any node has changed. F5 asks again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing refuses</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing was changed. The restore of {cluster} waits for its approval: Recovery.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>On {node}; no node of the cluster was changed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>One backup, and the WAL after it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>One node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open, read-only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open, read-only, proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Or say it exactly</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Point in time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Preview</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Proof of books</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Proven: {proven}. {when}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Put in place</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Recovery window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Replayed to</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Repository</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restorable: the chain and all WAL up to there are present.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restore and show</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restore of {cluster}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restore point</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restore {cluster} now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restore {node} now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Room there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Source chain</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Space and time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Spares the primary a copy over the network. The ledger goes on.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Takes about</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Target</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>That is not its name.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The books as they stood after entry {n}. {fit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The books of the copy are proven: every check by name, from entry 1.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The chain is laid out on {node}, in a directory that is not there yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The chain is not known yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The chain of {n} backups is laid out on {node}, in a directory that is not there yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The copy could not be opened: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The copy is being made</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The copy is made, and is being looked for</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The copy is open, read-only, and ends at entry {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The copy of {cluster} is made without this page. The Backups page shows it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine tells of it in a moment.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The ledger stops meanwhile. Old data is kept until you accept the result.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The name of the node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The node is asked for its card.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The old data directory is kept until here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The one that serves it best</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The others are stopped, and rebuilt from it once you accepted the result.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The plan can't be run: see what refuses, and how to mend it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The plan is being made and checked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The plan is refused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The restore of {cluster} goes on without this page. The Recovery page shows it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The whole cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no plan yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no plan yet: F5 asks for it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is not room enough for the copy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This can't be had. The nearest that can stand beside it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This moment can't be had: choose one that can</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This repository can't give that moment back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Time (UTC)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Type the node's name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Type {name} to say that this card is the one you mean</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Type {name}: what lies in its data directory is put aside in the run.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Up and Down choose another goal.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL is damaged there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL is missing there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL is replayed up to the moment; that it was reached is proven, not believed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL to replay</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What is the restore for?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What the restore is for</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What this node says of itself. Compare it with what you mean.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What was checked of it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Whether it can be had is not known: F5 asks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Which node becomes the primary of the restored cluster?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Which node gets its data from the backup?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>You may leave: it goes on, and opens by itself. No node of the cluster changes.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a backup is consistent only from its end on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a backup of the chain is missing or broken</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a check failed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a position as 59/C40A11F8</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a time as 2026-03-16 18:00:00, in UTC unless it says otherwise</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>about {n} entries fewer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>about {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>after entry {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>anchor</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>and {bytes} of WAL, all present</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>as the engine finds it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>backups yes, WAL not checked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>before entry {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>begun (UTC)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>by the rate of the last restore here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>change</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>chosen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>counted by booking times; {below}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>end of a backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>end of day</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>end of day {day}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>entries after it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>entry {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>from the press to open</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>from, to</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>grey bars: entries booked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>holds no WAL that leads on from its backups</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>holds no backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>how much WAL is not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>is the primary: go back as the whole cluster, or switch over first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it lies before the first backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it lies beyond the last WAL that was kept</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>kind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>last entry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>latest</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>left on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>moments from {begin} to {end}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>named point</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>never restored on trial</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>next anchor</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no node knows where that entry was committed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no repository could be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not checked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not known yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not seen now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing missing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing was restored here yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>of the copy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>proof</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>read back only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>restored with whole books, {at}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sandbox</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>see the Backups page</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>size</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>taken from</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the backup host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the backups are of another system identifier</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the chain, laid out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the entries could not be counted: {reason}; {below}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the name of a restore point</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the node then replays them from its upstream</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the number of an entry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the repository holds no such timeline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the restore itself proves it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the sandbox only: live keeps them all</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the sum of its steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the time names no zone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no backup yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>they go from the ledger, and are named in the report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>time (UTC)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>timeline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>timeline {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>whole cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{begin} to {end}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{begin}, consistent from {end} on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{cluster} itself goes back. What was booked after the moment is gone from it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n}  {sentence}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} backups laid over each other, and the WAL after them</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} entries fewer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said} ({detail})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said} was refused: {reason}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{weekday} {day} {month} {year}, {clock} UTC</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>run</name>
  <message>
   <source>(nothing is sent to a shell)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 entry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A new maximum is recorded under your name, and the plan goes on.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A part of the WAL archive is missing: a point in time can't be restored</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A reason of at least {n} characters is needed. Nothing was sent.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A rehearsal changes nothing, so nothing is left behind.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A whole number of entries is needed. Nothing was sent.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Accept what was restored</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Already so: {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Another console holds the lock of this cluster, and is alive: {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Approve a greater loss …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Approve and go on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>At most {least} would be lost, so a smaller maximum would stop the plan again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Attach {node} again: it follows nobody now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Booked after the moment, and going away: {entries}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Booked after the moment, and going away: {entries} or more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Books whole</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Break the lock and go on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Break the lock …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cancel the plan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose a step to see what it does and what was said.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Commands</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drop the slots on {node} that nobody uses</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>End the outage meter's client on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fence {node} as soon as its host answers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Give the lock back on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How many entries were booked after the moment and go away is not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>If this step fails: nothing was changed, and the rehearsal says so.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>If this step fails: the plan stops here and asks. From here it only leads forward.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>If this step fails: the plan stops here and asks. What was done can be undone.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>If this step fails: {target} keeps serving writes, and the plan stops here and asks.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It has not begun. 'Commands' shows what it will send.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It takes the place of what was there, and is written to from then on.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its commands said nothing.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave it as it is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left to do</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look again and go on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Looked at: {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lost, as last counted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lost, as planned</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lost, can no longer grow</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make a fresh backup: older ones end on the timeline before</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Never begun</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>New maximum of entries that may be lost, recorded under your name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No program opens it. The report lies at {path}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not proven: skipped by a person</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not proven: {proof}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing more is done. What is left to do is listed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing was booked after the moment</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open the report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Outage meter: {said}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Output</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Output of the step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Point of no return</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Point of no return, passed {at}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Point {node} at the new primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Prove the books: that was not done</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Proven: {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rehearsal of the {title}: it only looks, and promises nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rehearsal of the {title}: nothing stood in the way. It promises nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rehearsal of the {title}: {count} would have failed. Nothing was changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rejoin {node}: it is not a standby yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Remove the outage meter's row: it could not be cleared away</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Roll back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Running step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>See to {node}: the plan was left in its middle</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Seen instead: {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sent: {choice}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Set for whom commits wait: fewer standbys follow than was promised</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Skip and go on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Skip this step …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Step {n} has run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Steps, {how_far}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stop after this step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stopping …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Switch automatic recovery on again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Take {node} out of the inventory, or add it again: its data is there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The console made a mistake of its own in {where}. It is written to its log</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The hook of {where} failed on {node}: {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The loss ({observed}) is above what was approved ({threshold}). The plan has stopped and asks again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The old data of {node} is kept: delete it when the new is trusted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The other console's commands are refused from then on.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The plan has stopped and waits for your answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The plan stops after this step and asks: cancel it, with all as it was, or go on. Nothing is lost.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The plan was interrupted for {observed}. A person says whether it goes on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The plan was stopped before {where}. Nothing runs now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The point of no return is passed, so this leads nowhere.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The point of no return is passed: the plan stops after this step and asks, and only leads forward.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The proof of {where} did not come in time: {node} shows {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The proofs are asked anew, and the plan goes on from where they hold.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The report could not be written: {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The report is not there any more: {path}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The rescued WAL on {node} is kept as evidence: remove it when read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The run has taken</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The run took</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The step stays unproven, and the report says so.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>These WAL files are missing in the archive: {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This step sends no command: it only asks for its proof.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Undo</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Undone, and that is proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What has to hold before {where} no longer holds: {node} shows {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What the plan was made from has changed, so it is not verified any more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What was done is undone, and that is proven.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What was done is undone, step by step, and it is proven that all is as it was.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What was restored stands read-only on {target}, and nothing can write. {goes}. Look at it, then accept it, or roll back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What would be lost is not known, and {threshold} is approved. The plan has stopped and asks again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What {where} had proven no longer holds: {node} shows {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What {where} had proven no longer holds: {node} shows {observed} instead of {threshold}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Why the other console's lock is broken, recorded under your name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Why this step is skipped, recorded under your name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Writes are back on {target} since {since}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Writes are back on {target} since {since}. Now: {doing}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Writes are back on {target} since {since}. The plan has stopped and asks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Writes have stopped. Now: {doing}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Writes have stopped. The plan waits for your answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Writes have stopped. {title} goes on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Writes stopped for</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a freeze needs a reason</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a maximum of entries is needed for run {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a reason is needed for run {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a rehearsal stops no write</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a run of {subject} has not ended, and what it left may be needed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>about {time} expected</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>adding</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>already so</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>and still stopped</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>another console holds the lock of {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>another run of {subject} has not ended</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>approved: {n} entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>as far as checked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>backups of {subject} are being taken away just now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>cancelled, undone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>change of protection</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>copied</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>done</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>failed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>failover</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it did not run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>left as it stood</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>limit {limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>looked at</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>lost acknowledgements not compared yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>more could be lost on {subject} than the maximum that was approved</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no acknowledged write lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no proof of books was made</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no write succeeded for {gap}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nobody has vouched for what the plan for {subject} asks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not at all so far</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not begun</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not checked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not measured</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>plan {subject} is another than the one that was read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>rehearsed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>rejoin</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>removal</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>restart</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>restore</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>run {subject} asks nothing now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>run {subject} does not offer this choice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>run {subject} has ended</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>run {subject} waits for no approval</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>running</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>since the meter began, and still stopped</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>since the meter began: no write succeeded before</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>skipped</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>somebody vouched for what the plan for {subject} does not ask</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>step {n} ({sentence})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>step {n} proves it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stopped, asks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stopping</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>switchover</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine keeps no plan {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the name typed is not that of {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the plan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the plan for {subject} has checks that refuse it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no run {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>undone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>waiting</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>waits for approval</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>what the plan for {subject} was made from has changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>what was left on {subject} is being removed already</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{cluster}: rehearsal, {title}, started by {person}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{cluster}: {title}, started by {person}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{cluster}: {title}, started by {person}, approved by {second}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{done} of 1 step looked at</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{done} of 1 step proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{done} of {n} steps looked at</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{done} of {n} steps proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{first} to {last}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{gap} or more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{goes}. Of what the old primary had written when it was stopped, at least {size} of WAL are missing in it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{good} of {all} writes succeeded, {errors} failed, {unknown} without an answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name}: {planned} when it was planned, {now} now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} acknowledged writes of the outage meter are lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} can't be reached for {where}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is fenced: it can't accept writes until it is rejoined</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} refused {where}: {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} acknowledged writes lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} checks proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} {word}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{proof}. About {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{proof}. {limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said}; {lost}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject} has frozen all changes: {detail}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{target} is primary, and that is proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{target} is primary, and that is proven. Writes stopped for {gap}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{target} stays primary.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{target} stays primary. Left: steps {left}, by going on later.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text}: {why}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title} has stopped and asks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title} is done, and that is proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title} is running</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title} waits for its approval</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title} was cancelled, and it is proven that all is as it was</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title} was left as it stood: see what is left to do</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title}, started by {person}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title}, started by {person}, approved by {second}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title}. Now: {doing}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} from {subject} to {target}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} of {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} to {target}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what}: {about}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>sandbox</name>
  <message>
   <source>'{text}' is no number of an entry. Nothing was asked.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 row</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ask</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Asked, waiting for the answer …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Entry to find</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Find the entry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave, the copy stays open</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not answered: {reason}. Nothing was changed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>One reading statement</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open copy: {target}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Read-only, on {node}, with no way to production: asking changes nothing.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The first {rows}: the answer is longer, and was cut.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The statement is longer than {n} characters. Nothing was asked.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This copy was closed. What stands here was read before.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>number of an entry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one reading statement, as: select count(*) from …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} rows</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>tray</name>
  <message>
   <source>1 more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 more alert</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close the window; the engine goes on watching</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drill, {title}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ledger Console</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ledger Console, {word}: {said}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open the window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show the worst alert</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nobody has looked yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing is wrong</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine does not answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{cluster}: {state}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} more alerts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said} ({more})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said}. And {more}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>ways</name>
  <message>
   <source> It is not in use.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 field has to be filled in or mended before it can be saved.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 in use</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 never tried</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 to 63 letters, digits, '.', '-' and '_', and first a letter or digit.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 to {n} addresses, separated by commas.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A URL that begins with https://.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A new way out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A number from 1 to 65535, or empty for the usual one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A password is not sent over an open line: choose an encryption.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A quotation mark is not closed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Alerts would no longer leave by it, and its password is forgotten.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>An alert is not sent over an open line: use https.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Another way out has this name already.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Begun without a shell, with the alert as JSON on its standard input.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Between 1 and {n} seconds, or empty for 10.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Between 1 and {n} seconds.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Command</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Command on the engine's host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Discard</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>E-mail</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Each alert is posted there as JSON.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Each alert leaves by every way that is in use. One that hangs holds up no other.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Encryption</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every, seconds</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>File</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Heartbeat: a URL that others watch</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Heartbeat: a file that others watch</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>In use</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its whole path: the engine writes it, wherever it was begun.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Kept by the keyring of the engine's host, in no file of ours. Empty: as it was.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Kind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Limit, seconds</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mail server</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Method</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Neither blanks nor letters beyond ASCII.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No password in a URL: write {mark} where it goes, and the secret below.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>None yet. Without one, alerts reach only who sits at this window: with one, the person on duty.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>None: alerts reach only who sits here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not saved yet. It can be tested once it is.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not saved: see what is said in red.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Of the clusters</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Password</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Port</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Press again to remove it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reading the ways out …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Remove</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Removing …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Renewed while the engine lives. Whoever watches it learns when the engine is silent.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>STARTTLS, port 587</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Saved. Send a test to see that it arrives.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Saving …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Secret</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Send a test</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sending a test, at most {time} …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sent as a bearer token, or where {mark} stands in the URL. {kept}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>TLS, port 465</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Tells of</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>That is no URL.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The address that it comes from.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine does not answer. What is typed stays here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The program by its whole path, then its words.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The test was delivered in {time}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The test was not delivered, after {time}: {reason}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>To</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>URL</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>User</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ways out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Webhook</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>none, port 25</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not in use</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not kept yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>only what is lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>what is {health}, and worse</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{names} do not deliver</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{names} does not deliver</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} was removed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} fields have to be filled in or mended before it can be saved.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} in use</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} never tried</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said} It said: {detail}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said} The other side said: {detail}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said}, all deliver</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said}, {untried}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said}.</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>why</name>
  <message>
   <source>1 entry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 guard refuses</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Automatic</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Backups</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Candidate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Conditions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Evidence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fencing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fresh readings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Guard</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Guards of automatic recovery</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Held</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>If the primary died now it would not act: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>If the primary died now: {what}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lock</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Loss</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Maintenance</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Majority of nodes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mode</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mode: {mode}; all of {n} guards hold.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mode: {mode}; {refusing} of {n} guards refuse.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Observe</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Off</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Other console</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Other run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Outcome</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni is paused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni's consensus group decides here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni's group decides here, and would let nobody take over: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni's group decides here: if its holder died it would promote {new}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pause</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restart in place</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Second person</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Synchronous standbys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>They are those that would hold if the primary died at this moment.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Who decides</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Would it act now? In {time}: {what}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Would it act now? No: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Would it act now? Yes: {what}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a check of yours fails</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a check of yours fails: {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a check of yours says nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a check of yours says nothing: {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a person left or cancelled the run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a reading is too old</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a reading is {observed} old</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a restart in place comes first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a run is under way</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a run is under way: {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>acknowledged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>age</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>alive, but refuses</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>an act of its own is under way</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>another console is at it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>another console is at it: {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>at once, by policy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>automatic</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>automation has no act {subject} in its record</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>automation is off</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>automation only observes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>by cutting its synchronous standbys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>by the operator's command, read back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>commits wait for no standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>counted behind the fence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>do nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>done and proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every guard holds</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>failed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>free</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>free, or ours</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>hard</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>hard or witnessed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has its time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>hung</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it answers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it has acted {observed} ago, and nobody has acknowledged it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it has acted, and nobody has acknowledged it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is held</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is held: {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>more could be lost than may be</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no Patroni answers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no complete backup is known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no member could take over</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no policy names a quorum fence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no standby is listed as synchronous</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no standby that answers could take over</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nobody has seen who the primary was</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nobody holds the group's key</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>none</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>none is listed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not asked for</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not asked yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not wanted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing is to be done</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing may act by itself here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing shows that {node} is dead</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>observe</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>observed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>off</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>on {subject} Patroni's group decides, and nothing of ours acts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>only the console does not see {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>only {observed} nodes answer, {threshold} are needed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ours</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>over SSH, on its host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>pass</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>passed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>promote {new} in the place of {old}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>rebuild the standby {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>refuse</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>somebody holds the lock</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>somebody stopped {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>source</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>source {source}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>standbys may not be touched by itself</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>start the standby {node} again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>start {node} again in place</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stopped by somebody</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stopped with a question</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>suspected</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the backups could not be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the consensus group</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the consensus group has a majority</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the consensus group has no majority</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the console</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine ended before it did</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the evidence has stood for {observed} of {threshold}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the evidence is too young</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the furthest standby's replay is paused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the host of {node} is silent, and no other fence is set up</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the key lives {observed} more, if nobody renews it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the lock could not be read on a majority</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the newest complete backup is too old</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the newest complete backup is {observed} old, {threshold} at most</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the plan names another node than the guards</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the plan's own checks refuse</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the plan's own checks refuse: {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the primary answers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the primary has its time to come back in place</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the primary's host is silent, and no other fence is set up</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the readings are older than the console's own sleep or start</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the rule of approval can't be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the run asks a person</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the run could not be started</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the run could not be started: {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the synchronous list has changed within the last minute</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the synchronous list is not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is a maintenance window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is a maintenance window: {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>these are the quiet hours</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>these are the quiet hours: {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>this cluster's rule wants a second person for it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>threshold</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>threshold {threshold}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>too few nodes answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>too few of the listed standbys answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>too few synchronous standbys answer for a quorum fence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>tried, in vain</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>two nodes are writable</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>under way</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>wanted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>what may be done on {subject} by itself makes no sense so</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>what would be lost is not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>witnessed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>would be tried first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>would have been done; not scored yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>would have been right</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>would have been wrong: it came back by itself</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>yes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{ended} ({reason})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{guards}. Show them</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{guard}: holds</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{guard}: it can't be said now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{guard}: no</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{guard}: {why}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} came back by itself</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} can't take over: {why}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} could take over</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} did not come back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} hangs, which is not dead</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} has its time to come back in place</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} has the furthest WAL, and its replay is paused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is alive, and refuses</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is being started again in place</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is not the furthest of the standbys that answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is silent, and no policy names a quorum fence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} may hold entries that nobody else has</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} guards refuse</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{observed} could be lost, {threshold} at most may be</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{observed} holds the key</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{observed} holds the lock</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{observed} of the listed standbys answer, {threshold} are needed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said}. {why}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject} was not asked yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text}; seen by {person}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{time}: {what}: {ended}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>window</name>
  <message>
   <source>'lab {words}' was not done: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 host shows a key that nobody has accepted yet. Nothing is sent to it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A server or a key asks you a question.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All changes are frozen by {person}: {reason}. {asked}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Answer …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back to it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Backups</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Compare …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Dismiss</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drills</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Engine running, 1 host asked each second, {answered} answered</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Engine running, {n} hosts asked each second, {answered} answered</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fleet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Frozen by {person}: {reason} - Ledger Console</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Go to a page, a cluster or a node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Incidents</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lab</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ledger Console</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Looking for the engine …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No engine: what is shown is old</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No single-letter key changes a node. Esc closes this panel.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing has this in its name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing on any node was changed by it, and the engine goes on. It is written to {path}. If figures look wrong, close the window and open it again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Page: {page}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pages</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Readings are not kept now: {trouble}. {asked}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Recovery</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Servers or keys ask you {n} questions.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine has stopped ({reason}), starting it again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The window made a mistake</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The window made a mistake: {summary}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The wizard</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Theme: as the system</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Theme: dark</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Theme: light</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What can be gone to</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>go to …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>keys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>pages</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} hosts show keys that nobody has accepted yet. Nothing is sent to them.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title} is open, and keeps what was read.</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard</name>
  <message>
   <source>'Ask again' makes it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>'{typed}' is no number of entries. Type a whole number, 0 or more.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>'{typed}' is not {name}. Nothing runs until the name is right.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>, </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>. </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 check refuses</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 check refuses: mend it, then ask again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 command</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 entry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A change of {cluster} has not ended: it comes first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A new copy beside the old data, which is kept until the new one is proven.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A person vouches</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A person vouches by name that {node} is off. Nothing proves it, and there is no way back from here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A person's word</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A restore is prepared on the Backups page</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>About {time} ({source})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Accounts touched</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>After fencing the loss is counted again. Above the maximum that is approved in the next steps, the plan stops and asks.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Amounts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Approval</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Approve a greater maximum, or choose another target.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Approve: {title}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ask again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Asks every node anew and makes the plan anew. Nothing on any node changes.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>At the second person's desk</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Attached where its history allows it, else rewound, else rebuilt.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Books</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Both sides are being read. The stopped one is started closed, read-only.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Break-glass: only with a reason. It is recorded under your name and stands in the report.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bring it back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>By the preview up to {most} may be lost: a smaller maximum is refused before it begins.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Candidates</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Change nothing, and look again later</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Check</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choosing changes nothing. What is chosen here can be read to its end first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Does not follow the primary now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Done</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>End that change first: the Recovery page shows it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Estimated time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Euro</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every check passes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every node follows as it should: nothing to rejoin.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every node is asked. Nothing on any node changes.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every node of {cluster} is being asked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every process of {node} is ended, and it can only start read-only. Before the promotion, Cancel starts it again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Evidence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export its entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Exported</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fail over to {node} now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fence and rescue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fencing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From here nodes change</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Gate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Given up</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Go back to a backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Go on without a second person</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Hand it to the second person</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Hand over to {node}, both alive: nothing is lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Hong Kong dollar</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How it comes back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>I vouch for this, by name, about {node}: {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>I vouch that {node} is switched off and stays off until it is rejoined. This is recorded under my name.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It is not wanted any more: it ends here, and nothing was changed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It is rewound where that is possible, else rebuilt beside its old data.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It is started again by itself. A run goes on or asks once it is back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It is started again by itself. Then ask again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It starts by itself once it is approved</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It took</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its entries lie in files, to be booked again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Japanese yen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Journaled after each step. Closing this window stops nothing. If this console dies, the next one takes up here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keep it read-only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave and wait</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave, it goes on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave, nothing was changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left. No node of {cluster} was changed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Loss preview</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make sure</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make the plan anew</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make {node} a standby again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Maximum loss</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Maximum loss, entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mend what is named there, then ask again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mend what the preflight refuses, then ask again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Needed (rule: {rule}). May approve: {who}. The plan then waits for it, and nothing changes until then.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next: approve</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next: check it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next: read the plan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next: rejoin {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next: the loss</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next: the target</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next: what to do</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No command: this step only looks.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No head row could be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No other standby follows {value} then: there is no copy until a rejoin.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No standby can be promoted now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No target is chosen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No way back: once {node} is fenced like this, the console can't start it again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nobody has vouched yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nodes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not checked in this run. Nothing is claimed about the books.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not needed here (rule: {rule}). You decide alone, and it is recorded.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is chosen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing on any node changes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing on any node changes before step {n}. Closing this window loses nothing.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing on any node changes here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing on any node has changed. Closing this window loses nothing.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing on any node has changed. It starts by itself once it is approved.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing on any node was changed. Made anew, it fits what is so now.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing refuses. Read the one that warns or was not checked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing refuses. Read the {n} that warn or were not checked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing undoes this step.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing was changed. The plan for {cluster} waits for its approval: Recovery page.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing was checked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open the report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Outcome</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Over SSH</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Own command</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Plan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Plan {digest}, made {at} by {who}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Point of no return</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Point of no return: from step {n} on it only leads forward</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pound sterling</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Preflight</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Prepare the rejoin of {node} …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Promote and repoint</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Promote {node} without the old primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Proof</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Proof of books</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Quorum</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Read in the preview: {figure}. If more than this maximum would be lost after fencing, the plan stops before the promotion and asks.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reason for going on without a second person</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rebuild</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Recommended: {title}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Recovery of {cluster}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rehearsal</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rehearse</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rejoin {node} now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Renminbi</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restart {node} now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rewind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run the plan now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Runs every step with hands that only look. Nothing changes, and nothing is promised by it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Second person</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show every command</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show the change that runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Signed are the plan's digest {digest} and the maximum loss of {entries}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Situation</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Somebody has to vouch for it by name, in step 'Approval'.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Start in place</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Start {node} again in place: nothing is lost by it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stop the primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Swiss franc</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Switch over to {node} now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Taken back to where both histories part; what lies beyond is overwritten.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Target</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The WAL on {value} that nobody else has is rescued before the promotion.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The approval was taken back: an answer changed. Read on from here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The cluster has no standby.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The cluster's own command switches {node} off, a second one reads that back. No way back from here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The command for the second person</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The data directory of {value} stays where it is.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine has stopped ({reason}). No node was changed by this page.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine is away</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The gentlest</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The maximum is below the preview</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The maximum loss is no number of entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The name is not whole</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The name is wrong</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The name of the cluster, {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The new copy is made from {value}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The node comes back as it is: its history is part of the new one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The node comes back by: {value}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The node gets a new copy; its old data is kept until that is proven.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The node is rewound to where both histories part, and follows from there.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The node {value}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The old primary can still take local commits and answer reads.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The plan is being made and checked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The plan is no longer verified: something changed under it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The plan waits for its second person</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The rehearsal stopped there, nothing was changed: {why}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The run has ended. Its report is kept.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The run on {cluster} goes on without this page. The Recovery page shows it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The same with each candidate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The second person reads the plan and signs it with their own SSH key:</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The situation is not known yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The synchronous standbys are cut from {node}: it can acknowledge no synchronous commit. Local commits and reads it still can.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no plan yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no way back from this step on: {value}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This is not possible now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This takes a few seconds. Nothing on any node changes.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Timeline first, then how far its WAL goes. Refused ones stay here with their reason.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>To be known before</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>To be rejoined: {nodes}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Type the cluster's name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Type the cluster's name exactly as it stands in the list.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Type {name} first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Type {name} to run the plan. Nothing on any node has changed up to here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>US dollar</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Undone by</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Up and Down choose another way.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL rescue is not part of this plan.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL rescue: if the disk of {node} can be read after fencing, what is missing is brought over and comes back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wait until that has ended: the Backups page shows it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Waiting for the answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What changed since the plan was made</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What is left to do</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What keeps it from growing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What lies beyond the fork is lost. It is recorded under your name.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What may still make it smaller</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What only this node holds</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What to do</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where each book ends</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where the nodes stand</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where this comes from</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Whether a second person is needed is not known yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Which node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Which node becomes a standby again?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Who becomes primary?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Who sees whom</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Withdraw the plan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Without its journal no plan runs. Mend the engine's store first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Would be lost now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Would start the old primary again, and is disabled: {value}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Writes stop for about</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Writes stopped for</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>about {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>age</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>and {money}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>asked {at}, {age}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>at most {most}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>at most {n} more, unseen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>before it, Cancel leaves all as it was</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>can be chosen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>can be promoted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>can't be chosen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>chosen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>done</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ends at {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>entries lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>estimate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every step can be taken back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>exact</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>has up to {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>how many more: not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>kept: on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>last seen at {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>lost: 1 entry, seen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>lost: {n} entries, seen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>may fail, the run goes on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>measured in the lab</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>measured while it runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nobody is entered yet: 'ledger-console approvers add'</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>none</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not checked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not measured</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not possible</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not possible: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not whole</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not yet: export them first, with a reason</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>observed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>of 1 check</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>of {n} checks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>of {n} steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>past runs of this cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>planned</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>rate before it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>refused: {reasons}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>row asks, column answers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sealed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>seen; of the unseen: not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>source</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>source not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>step {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sum of the plan's steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the books could not be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the cluster's policy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the old primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the reason is not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the sum of its steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the target</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>threshold</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>timeline {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>unread before the silence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>waits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>why nobody else can be asked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>why this side is given up</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>would be lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{below}, {n} not checked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{bytes} behind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{check}, {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{done} of {all} steps proven</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{entries} exported to {directory}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{loses}: {money}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} ends at {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} lost, {level}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} was last seen at {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} {seen}. It may be the only copy of acknowledged entries.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node}, its own head row</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node}, last read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} checks refuse</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} checks refuse: mend them, then ask again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} commands</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} entries/s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} hosts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} not checked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} or more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} pass</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} pass, {m} to read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} proven {checks}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} refuse</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} warn</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} {sentence}: {state}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n}, at most {most}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{ok} of {n} writes acknowledged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{outcome}: {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{outcome}: {scope}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{said}, {n} of these lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{steps} on {hosts}. What is read here is what runs, and nothing else.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{way}: {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} of {cluster}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} of {node}, {cluster}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{who}, at most {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{why} (recommended)</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>words</name>
  <message>
   <source>%</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>'{state}'</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>, </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>, and </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>, then </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 entry lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 lab cluster is {health}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 measured run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 more finding</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 production cluster is {health}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 staging cluster is {health}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 standby follows within {limit}, and no commit waits for it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ATTESTATION</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Accepts writes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Address</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All {n} clusters are healthy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Apr</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Archive failures</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Aug</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>BREAK-GLASS</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Behind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Behind (flush)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Behind (flush), bytes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Behind, entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Behind, flush</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Behind, flush, time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Behind, replay</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Behind, replay, time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Behind, sent</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Behind, write</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Boot</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Broken at place {place}: an anchor kept another hash for entry {found} than the log holds.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Broken at place {place}: an entry with number {found} stands there that does not belong to the log.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Broken at place {place}: entry {expected} is missing; entry {found} stands there.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Broken at place {place}: entry {found} does not follow the entry before it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Broken at place {place}: entry {found} stands where entry {expected} belongs; the order was changed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Broken at place {place}: it is not how this console's log begins; an anchor or entry names another.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Broken at place {place}: the anchor can't be read.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Broken at place {place}: the anchor is missing.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Broken at place {place}: the entry there, number {found}, is not what was written.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Broken at place {place}: the log ends after entry {found}, and its anchor knows entry {expected}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Broken at place {place}: what stands there can't be read.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Clock offset</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Control file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Data directory</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Database size</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Dec</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Disk left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Disk left, share</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Disk size</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Feb</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Flushed to</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Follows</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fri</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Heartbeat age</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Heartbeat shown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Holder of the key</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Host key</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Host up for</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How long it takes was never measured here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>If a standby were promoted now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>If a standby were promoted now, against the primary's last reading</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>If the primary died now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>If the primary died now, as last read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its anchor: entry {n} of {at} UTC, {hash}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Jan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Jul</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Jun</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>LOCK BROKEN</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lab</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Last archived</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Last entry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Last entry booked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Last reply seen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Load</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Machine</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Machine and boot</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mar</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>May</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mon</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No ledger is known here, so the loss can't be counted in entries.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No loss seen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No primary is seen, so there is nothing to compare the standbys with.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No standby that answers could take over.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nobody</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nodes that hold the ledger</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not shown: {claim}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing was read yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nov</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Oct</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Of the entries before that place, {n} are as they were written. Nothing more is claimed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Of them on the synchronous list</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni does not run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni does not run on {node}, and its PostgreSQL runs on without it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni would choose; {node} holds the most.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PostgreSQL</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PostgreSQL answers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Processes on the data directory</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Production</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reaches SSH from there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reaches the server from there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Received to</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Receiver last heard its upstream</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Recovery conflicts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Replay</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Replayed to</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rights</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Round trip</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Round trip, books</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>SSH</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>SSH answers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>SSH is still connecting</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sat</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Seconds between two looks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Segments archived</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sep</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Shown: {claim}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Silence of the books</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Silence of the host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Silence of the server</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Staging</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Standby's last reply</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Standbys that do not reach it either</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Started</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sun</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Suspicion</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Suspicion (φ)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Synchronous</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Synchronous names</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Synchronous standbys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>System</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>System identifier</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>TLS could not be agreed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The heads of the books could not be read, so the loss can't be counted.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The last readings are too old to say it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The log is whole: {n} entries.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The one cluster is healthy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Thu</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Timeline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Transactions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Tue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>UTC</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Upstream last heard</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL archive</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL archive failures</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL kept by slot</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL kept by the slot</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL position</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL receiver</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL sender</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>WAL written</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Way back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What would be lost can't be said now.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Within {time}, by {runs}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Written to</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a cluster named {subject} is there already</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a commit that waits is on a standby before it is acknowledged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a commit that waits is on the first {k} of {names} before it is acknowledged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a commit that waits is on {k} of the standbys before it is acknowledged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a commit that waits is on {k} of {names} before it is acknowledged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a commit that waits is on {node} before it is acknowledged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a failover</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a failover once a fence is read back, or by quorum</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a failover once every process there is proven ended</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a lock or the statement's limit stopped the question</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a restart in place</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>alive, and refuses</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>answer not readable</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>approval</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>archive failing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>asks for an answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>async</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>backup</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>backup host</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>backups</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>behind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>belongs to another cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>between the first and the last none was removed, added or moved</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>books</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>books not readable</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>breaking the glass needs a reason</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>bytes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>bytes per second</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>cascade</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>cascade broken</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>clock apart</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>command</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>commits wait</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>commits wait for {observed} of {limit} promised standbys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>commits wait: too few synchronous standbys follow</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>commits wait: {observed} of {limit} synchronous standbys follow</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>console cut off</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>cut off</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>decision</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>degraded</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>disk full</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>disk low</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>diverged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>each entry is as it was written</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>empty</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>engine</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every host answers, and there is no standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>evidence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>fault</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>fault made on purpose</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>flush position</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>frozen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>hard evidence: the host itself shows that no process is left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>healthy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>heartbeat one way only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>heartbeats of {node} arrive one way only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>heartbeats of {node} arrive one way only: {detail} is silent for {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>host key changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>host key not accepted yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>hung</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>hung: its processes are there, and do not answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>identity changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it begins where this console's log begins</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it does not accept our key or password</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it gave a reason of its own</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it has no connection left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is recovering and not consistent yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is shutting down</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is starting up</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it shows another host key than the one accepted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it waits for a person's answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it was refused ({reason})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its name has no address</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>key file missing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>login refused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no PostgreSQL listens on {node}, and why can't be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no commit waits for a standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no majority of the group</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no node is seen to accept writes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no server</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no server listens there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nobody approves a plan of their own</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nobody has accepted its host key yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nobody has accepted the host key of {node} yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nobody holds the key</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nobody holds the key of the consensus group</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>none</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>none of its hosts answers: is this console cut off?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>none of {detail} hosts has answered for {observed}: is this console cut off?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not asked yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not asked, as the host can't be reached</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not streaming</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing by itself</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing came back from its SSH port within the limit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>of commits that wait</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>per second</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>pg_hba.conf has no line for us</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>pg_isready from there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>postmaster killed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>primary cut off from its standbys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>primary dead, witnessed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>proof</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>psql is missing on {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>psql is not on the node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>psql missing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>question {subject} is not open any more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>readings old</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>refusal</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>refusing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>replay on {node} is paused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>replay on {node} is paused, its reads are {observed} old</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>replay paused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>rights missing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>role unknown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>run began</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>run ended</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>run resumed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>run stopped</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>run {subject} waits for no approval</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>since {at}, for {duration}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>since {since} {clause}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>slot fills the disk</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>slot {detail} on {node} keeps more WAL than there is space left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>slot {detail} on {node} keeps {observed} of WAL, and {limit} of the disk are left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>split brain</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>standby lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>starting</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stopped</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stopped by somebody</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stopping</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sudo on {node} refuses to act as the other account</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sudo refused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sudo refused to act as the other account</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>suspected: only the console does not see it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sync</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sync degraded</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>synchronous set</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>that is no SSH signature</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>that is no approval rule</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>that nobody who may write both made log and anchor anew (a copy kept elsewhere shows it: --against)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>that none newer than the anchor was taken from the end</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>that what was noted was true</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the SSH connection ended or made no sense</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the WAL archive of {node} fails</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the WAL archive of {node} fails ({observed} failures)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the answer makes no sense</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the approval is too old</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the approval would hold for too long</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the approvers can't be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the approvers can't be written</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the books on {node} can't be read now, which harms nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the books on {node} could not be read for {observed}, which harms nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the clock of {node} is apart</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the clock of {node} is {observed} apart</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the consensus group has no majority, so nobody may be primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the console's role may not see all of {node}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the database does not exist</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the disk of {node} is full</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the disk of {node} is full, {observed} left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine could not answer {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine is busy with {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine stopped before it answered</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the engine that runs is of another version</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the host answers, but nothing listens on its SSH port</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the host key of {subject} could not be stored</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the inventory has no cluster {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the inventory has no node {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the key belongs to another person</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the key file for {node} is missing or can't be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the key file named for it is missing or can't be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the key is also the initiator's</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the key that signed belongs to no approver</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the key that signed is no longer valid</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the key that signed is not valid yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the key that signed was revoked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the key's holder is read-only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the last reading of {node} is old</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the last reading of {node} is {observed} old</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the list of revoked keys can't be read, so no key is trusted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the password was not accepted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the postmaster of {node} was killed, and {observed} of its processes live on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the postmaster of {node} was killed: no process is left, and it never shut down</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the question of {subject} is not open any more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the role does not exist</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the role may not see what is asked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the server gave no answer within the limit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the server is there and refuses</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the session is still connecting</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the signature approves a plan for another cluster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the signature approves a plan that is not this one any more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the signature approves another maximum loss</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the signature approves another operation</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the signature approves another run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the signature does not fit the text and the key</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the signature was made for another purpose</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the standby {node} is lost: {detail}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the store did not take {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the time asked for of {subject} makes no sense</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the way back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the way to the standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no approver {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no run {subject}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>there is no ssh-keygen to verify with</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>too few copies</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>too few nodes hold the ledger as it is now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>two primaries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>two primaries accept writes at once</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>two primaries accept writes at once: {detail}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>unknown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>up to its anchor none was taken from the end</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>verdict</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>what was given for {subject} is no public key</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>what was signed is no approval of a plan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>witnessed: its standbys do not reach it either</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>yes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{bytes}/s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{clauses} ({more})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{clause} ({detail})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{clause}, limit {limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{clause}, so its state is unknown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{clause}: {detail}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{cluster}: {clause}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{day} {month} {clock}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{day} {month} {year} {clock}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{duration} old</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{d} d</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{d} d {h} h</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{guard}: {observed} ({source}, {at})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{guard}: {observed}, against {threshold} ({source}, {at})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{head} and {last}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{host}: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{h} h</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{h} h {m} min</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{ms} ms</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{m} min</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{m} min {s} s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} is unknown in part: {clause}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} is {health}: {clause}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} answers us, and none of its standbys reaches it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} answers us, and {observed} of {limit} standbys do not reach it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} answers what can't be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} asks a question that only a person can answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} belongs to another cluster (system identifier {observed})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} belongs to another cluster: its system identifier differs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} can't be reached from here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} does not accept our login</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} hangs: its processes are there, and it has not answered for {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} hangs: its processes are there, and two sessions get no answer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} has left the history of {detail}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} has left the history of {detail}, its WAL goes to {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} has little of its disk left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} has not answered for {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} has not answered since the engine started</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} has received no WAL for {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} has received no WAL from {detail} for {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} has {observed} of its disk left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} holds the key of its group, and its server is read-only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is alive and refuses the console</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is another machine or boot than before, so its evidence is void</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is behind (flush)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is dead: its host is silent for {observed}, and {detail} reach it neither</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is dead: its host is silent, and its standbys reach it neither</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is frozen: its processes are stopped (state T)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is frozen: its processes are stopped, no answer for {observed}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is shutting down and answers no question any more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is starting and answers no question yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is writable although the key of its group is held by {detail}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is {health}, {role}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} is {observed} behind (flush)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} receives no WAL</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} receives no WAL from {detail}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} shows another host key than the accepted one, so nothing is sent to it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} was stopped: its control file says that it was shut down</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} would take over by itself.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} would take over, by hand: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{node} would take over.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} %</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} entries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} entries lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} lab clusters are {health}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} measured runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} more findings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} production clusters are {health}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} staging clusters are {health}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} standbys follow within {limit}, and no commit waits for them</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n}/s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{observed} of {limit} wanted nodes hold the ledger as it is now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{primary} to {candidate}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject} can't be the name of an approver</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject} can't be written</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject} is there already, and nothing is written over</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject} makes no sense as it stands</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject} offers another host key than the one shown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject} offers no host key now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject} stands in one line with others</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject} took longer than its limit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{subject} was not found</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{s} s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{text}. Nothing was changed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{way}, {basis}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{way}, {basis}, {age}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{weekday} {day} {month} {year}, {clock} UTC</source>
   <translation type="unfinished" />
  </message>
 </context>
</TS>
