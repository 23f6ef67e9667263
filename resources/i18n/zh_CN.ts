<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en" form="1">
 <context>
  <name>access</name>
  <message>
   <source>FAIL</source>
   <translation>未通过</translation>
  </message>
  <message>
   <source>Level '{level}' on {node}: account {account}</source>
   <translation>{node} 上的“{level}”级别：账户 {account}</translation>
  </message>
  <message>
   <source>NOT CHECKED</source>
   <translation>未检查</translation>
  </message>
  <message>
   <source>PASS</source>
   <translation>通过</translation>
  </message>
  <message>
   <source>a standby takes no writes: ask the primary</source>
   <translation>备库不接受写入：应在主库上检查</translation>
  </message>
  <message>
   <source>act as a superuser in the database</source>
   <translation>在数据库中以超级用户身份操作</translation>
  </message>
  <message>
   <source>ask the server</source>
   <translation>查询服务器</translation>
  </message>
  <message>
   <source>backup</source>
   <translation>备份</translation>
  </message>
  <message>
   <source>be a member of other roles</source>
   <translation>属于其他角色</translation>
  </message>
  <message>
   <source>be in a group that opens other accounts' files</source>
   <translation>属于能打开其他账户文件的组</translation>
  </message>
  <message>
   <source>be root</source>
   <translation>是 root</translation>
  </message>
  <message>
   <source>become root</source>
   <translation>变为 root</translation>
  </message>
  <message>
   <source>before PostgreSQL 15 superusers alone can</source>
   <translation>PostgreSQL 15 之前只有超级用户可以</translation>
  </message>
  <message>
   <source>can, and must not: {what}</source>
   <translation>可以，但不得：{what}</translation>
  </message>
  <message>
   <source>cannot, and should: {what}</source>
   <translation>不能，但应当能：{what}</translation>
  </message>
  <message>
   <source>change the account's own key line</source>
   <translation>修改账户自己的密钥行</translation>
  </message>
  <message>
   <source>change the server's settings beyond the level</source>
   <translation>修改超出该级别的服务器设置</translation>
  </message>
  <message>
   <source>create a role</source>
   <translation>创建角色</translation>
  </message>
  <message>
   <source>create a table</source>
   <translation>创建表</translation>
  </message>
  <message>
   <source>delete from the ledger</source>
   <translation>从账本中删除</translation>
  </message>
  <message>
   <source>forward a connection through SSH</source>
   <translation>通过 SSH 转发连接</translation>
  </message>
  <message>
   <source>have a role's attributes beyond the level</source>
   <translation>拥有超出该级别的角色属性</translation>
  </message>
  <message>
   <source>have more in sudo's list than the level needs</source>
   <translation>sudo 清单中多于该级别所需</translation>
  </message>
  <message>
   <source>have what the level grants in the database</source>
   <translation>拥有该级别在数据库中授予的权限</translation>
  </message>
  <message>
   <source>its data directory is not known</source>
   <translation>其数据目录未知</translation>
  </message>
  <message>
   <source>list any directory as the server's account</source>
   <translation>以服务器账户列出任意目录</translation>
  </message>
  <message>
   <source>log in and run a command</source>
   <translation>登录并执行命令</translation>
  </message>
  <message>
   <source>may not: {what}</source>
   <translation>不可以：{what}</translation>
  </message>
  <message>
   <source>may: {what}</source>
   <translation>可以：{what}</translation>
  </message>
  <message>
   <source>no kit is made with such a name or path of {subject}; put plain ones into the inventory</source>
   <translation>不为 {subject} 的这种名称或路径生成权限包；在清单中填入普通的名称和路径</translation>
  </message>
  <message>
   <source>no ledger is known here</source>
   <translation>这里没有已知的账本</translation>
  </message>
  <message>
   <source>not checked: {what}</source>
   <translation>未检查：{what}</translation>
  </message>
  <message>
   <source>observe</source>
   <translation>观察</translation>
  </message>
  <message>
   <source>open a replication session</source>
   <translation>打开复制会话</translation>
  </message>
  <message>
   <source>open a shell as the server's account</source>
   <translation>以服务器账户打开 shell</translation>
  </message>
  <message>
   <source>operate</source>
   <translation>操作</translation>
  </message>
  <message>
   <source>read a file through the server</source>
   <translation>通过服务器读取文件</translation>
  </message>
  <message>
   <source>read any file as the server's account</source>
   <translation>以服务器账户读取任意文件</translation>
  </message>
  <message>
   <source>read the host's password hashes</source>
   <translation>读取主机的密码哈希</translation>
  </message>
  <message>
   <source>read the ledger's head</source>
   <translation>读取账簿末尾</translation>
  </message>
  <message>
   <source>read the roles' password hashes</source>
   <translation>读取角色的密码哈希</translation>
  </message>
  <message>
   <source>read the server's files as the login account</source>
   <translation>以登录账户读取服务器的文件</translation>
  </message>
  <message>
   <source>read what shows a server's life or death</source>
   <translation>读取能表明服务器存亡的信息</translation>
  </message>
  <message>
   <source>run a program through the server</source>
   <translation>通过服务器运行程序</translation>
  </message>
  <message>
   <source>run psql as the server's account, which is a superuser's shell</source>
   <translation>以服务器账户运行 psql，这等于超级用户的 shell</translation>
  </message>
  <message>
   <source>run scripts as the server's account</source>
   <translation>以服务器账户运行脚本</translation>
  </message>
  <message>
   <source>run the server's guarded functions beyond the level</source>
   <translation>运行超出该级别的服务器受限函数</translation>
  </message>
  <message>
   <source>see every session's state</source>
   <translation>查看所有会话的状态</translation>
  </message>
  <message>
   <source>several clusters have a node {subject}; name one with --cluster</source>
   <translation>多个集群都有节点 {subject}；用 --cluster 指明一个</translation>
  </message>
  <message>
   <source>the inventory names no account to act as ('become')</source>
   <translation>清单未写明以哪个账户操作（'become'）</translation>
  </message>
  <message>
   <source>this can't be the account for {subject}: a name of its own, not root's and not the server's</source>
   <translation>这不能作为 {subject} 的账户：须是单独的名称，不能是 root 的，也不能是服务器的</translation>
  </message>
  <message>
   <source>this is no address that a key's 'from' takes</source>
   <translation>这不是密钥的 'from' 所接受的地址</translation>
  </message>
  <message>
   <source>this is no public key in one line, as ssh-keygen writes it</source>
   <translation>这不是 ssh-keygen 所写的单行公钥</translation>
  </message>
  <message>
   <source>this is no time that a key's 'expiry-time' takes (YYYYMMDD)</source>
   <translation>这不是密钥的 'expiry-time' 所接受的时间（YYYYMMDD）</translation>
  </message>
  <message>
   <source>write a file through the server</source>
   <translation>通过服务器写入文件</translation>
  </message>
  <message>
   <source>write any table but the console's own</source>
   <translation>写入控制台自己的表以外的任何表</translation>
  </message>
  <message>
   <source>write the console's heartbeat</source>
   <translation>写入控制台的心跳</translation>
  </message>
  <message>
   <source>{login} on {node} has what level '{level}' says, and nothing beyond it</source>
   <translation>{node} 上的 {login} 拥有“{level}”级别的权限，且没有多余权限</translation>
  </message>
  <message>
   <source>{login} on {node} is not as level '{level}' says: 1 trial failed</source>
   <translation>{node} 上的 {login} 不符合“{level}”级别：1 项检查未通过</translation>
  </message>
  <message>
   <source>{login} on {node} is not as level '{level}' says: {n} trials failed</source>
   <translation>{node} 上的 {login} 不符合“{level}”级别：{n} 项检查未通过</translation>
  </message>
  <message>
   <source>{subject} was not reached, so no right was tried</source>
   <translation>未能连接 {subject}，因此未检查任何权限</translation>
  </message>
  <message>
   <source>{text} ({observed})</source>
   <translation>{text}（{observed}）</translation>
  </message>
  <message>
   <source>{text}; not checked: {n}</source>
   <translation>{text}；未检查：{n}</translation>
  </message>
 </context>
 <context>
  <name>add</name>
  <message>
   <source>&amp;Environment</source>
   <translation>环境(&amp;E)</translation>
  </message>
  <message>
   <source>&amp;Host</source>
   <translation>主机(&amp;H)</translation>
  </message>
  <message>
   <source>&amp;Name</source>
   <translation>名称(&amp;N)</translation>
  </message>
  <message>
   <source>'{host}' is no host name. Give one name or address, without spaces.</source>
   <translation>“{host}”不是主机名。应填一个名称或地址，不含空格。</translation>
  </message>
  <message>
   <source>'{port}' is no port. Give a number from 1 to 65535.</source>
   <translation>“{port}”不是端口。应填 1 到 65535 的数字。</translation>
  </message>
  <message>
   <source>1 host could not be looked at</source>
   <translation>1 台主机无法查看</translation>
  </message>
  <message>
   <source>1 node found</source>
   <translation>找到 1 个节点</translation>
  </message>
  <message>
   <source>A cluster named {name} is there already. Give another name.</source>
   <translation>已有名为 {name} 的集群。应换一个名称。</translation>
  </message>
  <message>
   <source>A name has letters, digits, '.', '-' and '_', and begins with a letter or digit.</source>
   <translation>名称由字母、数字、“.”、“-”和“_”组成，以字母或数字开头。</translation>
  </message>
  <message>
   <source>Accept its host key, then it is looked at again.</source>
   <translation>接受其主机密钥，然后会再次查看。</translation>
  </message>
  <message>
   <source>Act as (sudo -n -u)</source>
   <translation>执行身份（sudo -n -u）</translation>
  </message>
  <message>
   <source>Add a cluster</source>
   <translation>添加集群</translation>
  </message>
  <message>
   <source>Add the sudoers line that is named, or another account under 'More'.</source>
   <translation>添加所列的 sudoers 行，或在“更多”中指定另一个账号。</translation>
  </message>
  <message>
   <source>Add to the inventory</source>
   <translation>加入清单</translation>
  </message>
  <message>
   <source>Answer what the server asks, then look again.</source>
   <translation>回答服务器的提问，然后再次查看。</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Cancelled. Nothing was saved.</source>
   <translation>已取消。未保存任何内容。</translation>
  </message>
  <message>
   <source>Check the network and the SSH port.</source>
   <translation>检查网络和 SSH 端口。</translation>
  </message>
  <message>
   <source>Check the spelling, or give its address.</source>
   <translation>检查拼写，或填写其地址。</translation>
  </message>
  <message>
   <source>Check whether sshd runs there, and on which port.</source>
   <translation>检查 sshd 是否在那里运行，以及使用哪个端口。</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Database</source>
   <translation>数据库</translation>
  </message>
  <message>
   <source>Environment</source>
   <translation>环境</translation>
  </message>
  <message>
   <source>Find out why it changed. If it is right, remove the old key from the known hosts, then look again.</source>
   <translation>查明其变更原因。如果无误，从已知主机中移除旧密钥，然后再次查看。</translation>
  </message>
  <message>
   <source>Give the cluster a name.</source>
   <translation>给集群起一个名称。</translation>
  </message>
  <message>
   <source>Grant pg_monitor to the role, or name another one under 'More'.</source>
   <translation>将 pg_monitor 授予该角色，或在“更多”中指定另一个角色。</translation>
  </message>
  <message>
   <source>Hosts that could not be looked at</source>
   <translation>无法查看的主机</translation>
  </message>
  <message>
   <source>Install psql there, or name the account whose PATH has it.</source>
   <translation>在那里安装 psql，或指定 PATH 中有它的账号。</translation>
  </message>
  <message>
   <source>Key file</source>
   <translation>密钥文件</translation>
  </message>
  <message>
   <source>Look</source>
   <translation>查看</translation>
  </message>
  <message>
   <source>Looking at {host}, and at every host that it names: {time}</source>
   <translation>正在查看 {host} 及其提到的每台主机：{time}</translation>
  </message>
  <message>
   <source>More</source>
   <translation>更多</translation>
  </message>
  <message>
   <source>More: login, sudo, database</source>
   <translation>更多：登录、sudo、数据库</translation>
  </message>
  <message>
   <source>Name PostgreSQL's address, socket or port under 'More'.</source>
   <translation>在“更多”中指定 PostgreSQL 的地址、套接字或端口。</translation>
  </message>
  <message>
   <source>Name a host first.</source>
   <translation>先指定一台主机。</translation>
  </message>
  <message>
   <source>Name another key file under 'More'.</source>
   <translation>在“更多”中指定另一个密钥文件。</translation>
  </message>
  <message>
   <source>Name of the cluster</source>
   <translation>集群名称</translation>
  </message>
  <message>
   <source>Name one host of the cluster. The console finds the others from there, and saves nothing until you agree.</source>
   <translation>指定集群的一台主机。控制台由此找到其他主机，在你同意之前不保存任何内容。</translation>
  </message>
  <message>
   <source>Name the user and the key file under 'More'.</source>
   <translation>在“更多”中指定用户和密钥文件。</translation>
  </message>
  <message>
   <source>No PostgreSQL was found there</source>
   <translation>那里没有找到 PostgreSQL</translation>
  </message>
  <message>
   <source>Node</source>
   <translation>节点</translation>
  </message>
  <message>
   <source>Nodes found</source>
   <translation>找到的节点</translation>
  </message>
  <message>
   <source>Nothing to add yet: look at a host first.</source>
   <translation>尚无可添加的内容：先查看一台主机。</translation>
  </message>
  <message>
   <source>Nothing was saved.</source>
   <translation>未保存任何内容。</translation>
  </message>
  <message>
   <source>One host of the cluster</source>
   <translation>集群的一台主机</translation>
  </message>
  <message>
   <source>PostgreSQL</source>
   <translation>PostgreSQL</translation>
  </message>
  <message>
   <source>PostgreSQL address</source>
   <translation>PostgreSQL 地址</translation>
  </message>
  <message>
   <source>PostgreSQL port</source>
   <translation>PostgreSQL 端口</translation>
  </message>
  <message>
   <source>PostgreSQL user</source>
   <translation>PostgreSQL 用户</translation>
  </message>
  <message>
   <source>SSH</source>
   <translation>SSH</translation>
  </message>
  <message>
   <source>SSH port</source>
   <translation>SSH 端口</translation>
  </message>
  <message>
   <source>SSH user</source>
   <translation>SSH 用户</translation>
  </message>
  <message>
   <source>There is no node to add.</source>
   <translation>没有可添加的节点。</translation>
  </message>
  <message>
   <source>as your SSH configuration says</source>
   <translation>按你的 SSH 配置</translation>
  </message>
  <message>
   <source>local</source>
   <translation>本地</translation>
  </message>
  <message>
   <source>name or address, as you would give it to ssh</source>
   <translation>名称或地址，与提供给 ssh 的相同</translation>
  </message>
  <message>
   <source>psql's own default</source>
   <translation>psql 自身的默认值</translation>
  </message>
  <message>
   <source>role</source>
   <translation>角色</translation>
  </message>
  <message>
   <source>the SSH user itself</source>
   <translation>SSH 用户本身</translation>
  </message>
  <message>
   <source>{n} hosts could not be looked at</source>
   <translation>{n} 台主机无法查看</translation>
  </message>
  <message>
   <source>{n} nodes found</source>
   <translation>找到 {n} 个节点</translation>
  </message>
  <message>
   <source>{why} ({detail})</source>
   <translation>{why}（{detail}）</translation>
  </message>
 </context>
 <context>
  <name>alerts</name>
  <message>
   <source>'{word}'</source>
   <translation>“{word}”</translation>
  </message>
  <message>
   <source>1 more is not listed</source>
   <translation>另有 1 项未列出</translation>
  </message>
  <message>
   <source>1 open</source>
   <translation>1 项未结束</translation>
  </message>
  <message>
   <source>1 waits</source>
   <translation>1 条等待中</translation>
  </message>
  <message>
   <source>1 was given up</source>
   <translation>1 条已放弃</translation>
  </message>
  <message>
   <source>Acknowledge</source>
   <translation>确认</translation>
  </message>
  <message>
   <source>Acknowledge this alert</source>
   <translation>确认此告警</translation>
  </message>
  <message>
   <source>Acknowledge …</source>
   <translation>确认…</translation>
  </message>
  <message>
   <source>Alerts</source>
   <translation>告警</translation>
  </message>
  <message>
   <source>Asking the engine …</source>
   <translation>正在询问引擎…</translation>
  </message>
  <message>
   <source>Change the note …</source>
   <translation>更改备注…</translation>
  </message>
  <message>
   <source>End it</source>
   <translation>结束</translation>
  </message>
  <message>
   <source>End: {silence}</source>
   <translation>结束：{silence}</translation>
  </message>
  <message>
   <source>It is shown all the same. Only e-mail, webhooks, commands and notifications rest.</source>
   <translation>仍会显示。只有电子邮件、webhook、命令和通知暂停。</translation>
  </message>
  <message>
   <source>Leave</source>
   <translation>离开</translation>
  </message>
  <message>
   <source>Not silenced: see what is said in red.</source>
   <translation>未静默：见红字说明。</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>备注</translation>
  </message>
  <message>
   <source>Nothing is wrong now.</source>
   <translation>现在一切正常。</translation>
  </message>
  <message>
   <source>Open alerts</source>
   <translation>未结束的告警</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>理由</translation>
  </message>
  <message>
   <source>Say why: whoever comes next has to know.</source>
   <translation>写明理由：后来的人需要知道。</translation>
  </message>
  <message>
   <source>Show</source>
   <translation>显示</translation>
  </message>
  <message>
   <source>Silence</source>
   <translation>静默</translation>
  </message>
  <message>
   <source>Silence for a time</source>
   <translation>静默一段时间</translation>
  </message>
  <message>
   <source>Silence …</source>
   <translation>静默…</translation>
  </message>
  <message>
   <source>Silenced until {until} by {person}: {covered}</source>
   <translation>由 {person} 静默至 {until}：{covered}</translation>
  </message>
  <message>
   <source>Taken as {person}. It stays in sight until it is over.</source>
   <translation>以 {person} 的身份接手。结束之前一直显示。</translation>
  </message>
  <message>
   <source>That is more than {days} days ahead: a silence must not be forgotten.</source>
   <translation>超过 {days} 天：静默不得被遗忘。</translation>
  </message>
  <message>
   <source>The engine does not answer. Nothing was changed.</source>
   <translation>引擎没有应答。未做任何改动。</translation>
  </message>
  <message>
   <source>This moment has passed. A silence begins now, and ends later.</source>
   <translation>此时刻已过。静默从现在开始，结束时刻须在其后。</translation>
  </message>
  <message>
   <source>Until (UTC)</source>
   <translation>截止（UTC）</translation>
  </message>
  <message>
   <source>Until {time} from now</source>
   <translation>从现在起 {time}</translation>
  </message>
  <message>
   <source>What it covers</source>
   <translation>覆盖范围</translation>
  </message>
  <message>
   <source>Write it in UTC, as {example}.</source>
   <translation>按 UTC 填写，如 {example}。</translation>
  </message>
  <message>
   <source>a mistake of the console's own, see its log</source>
   <translation>控制台自身的错误，见其日志</translation>
  </message>
  <message>
   <source>a part of the engine failed ({about}): see the engine's log</source>
   <translation>引擎的一部分失败（{about}）：见引擎日志</translation>
  </message>
  <message>
   <source>a silence of {subject} needs a reason</source>
   <translation>静默 {subject} 须有理由</translation>
  </message>
  <message>
   <source>acknowledged</source>
   <translation>已确认</translation>
  </message>
  <message>
   <source>after Patroni's change to {node} the books do not prove: see the audit log</source>
   <translation>Patroni 切换到 {node} 之后账簿未能证明：见审计日志</translation>
  </message>
  <message>
   <source>alerts can't be told over the way out {about}</source>
   <translation>告警无法经通知渠道 {about} 发出</translation>
  </message>
  <message>
   <source>automatic recovery has acted on {node}, and does nothing more until a person acknowledges it</source>
   <translation>自动恢复已对 {node} 执行操作，在有人确认之前不再执行</translation>
  </message>
  <message>
   <source>automatic recovery is asked for and does not act: {observed}</source>
   <translation>已要求自动恢复，但它不会执行：{observed}</translation>
  </message>
  <message>
   <source>automatic recovery: {word}</source>
   <translation>自动恢复：{word}</translation>
  </message>
  <message>
   <source>backups, {about}: {word}</source>
   <translation>备份，{about}：{word}</translation>
  </message>
  <message>
   <source>check {about} can't say how it is</source>
   <translation>检查脚本 {about} 无法说明其状态</translation>
  </message>
  <message>
   <source>check {about} is critical</source>
   <translation>检查脚本 {about} 为严重</translation>
  </message>
  <message>
   <source>check {about} warns</source>
   <translation>检查脚本 {about} 发出警告</translation>
  </message>
  <message>
   <source>check {about}: {word}</source>
   <translation>检查脚本 {about}：{word}</translation>
  </message>
  <message>
   <source>command</source>
   <translation>命令</translation>
  </message>
  <message>
   <source>copies, {about}: {word}</source>
   <translation>副本，{about}：{word}</translation>
  </message>
  <message>
   <source>drill {about}: {word}</source>
   <translation>演习 {about}：{word}</translation>
  </message>
  <message>
   <source>duty {about}: {word}</source>
   <translation>例行任务 {about}：{word}</translation>
  </message>
  <message>
   <source>e-mail to</source>
   <translation>电子邮件至</translation>
  </message>
  <message>
   <source>every alert of every cluster</source>
   <translation>所有集群的每项告警</translation>
  </message>
  <message>
   <source>every alert of {cluster}</source>
   <translation>{cluster} 的每项告警</translation>
  </message>
  <message>
   <source>every alert of {node}</source>
   <translation>{node} 的每项告警</translation>
  </message>
  <message>
   <source>from {begin} to {end}, {duration}</source>
   <translation>{begin} 至 {end}，{duration}</translation>
  </message>
  <message>
   <source>heartbeat file</source>
   <translation>心跳文件</translation>
  </message>
  <message>
   <source>heartbeat to</source>
   <translation>心跳至</translation>
  </message>
  <message>
   <source>it can't be reached</source>
   <translation>无法连接</translation>
  </message>
  <message>
   <source>it was sent elsewhere, and that is not followed</source>
   <translation>被转到别处，不予跟随</translation>
  </message>
  <message>
   <source>it was tried for too long and given up</source>
   <translation>尝试过久，已放弃</translation>
  </message>
  <message>
   <source>its certificate can't be trusted</source>
   <translation>其证书不可信任</translation>
  </message>
  <message>
   <source>its name has no address</source>
   <translation>其名称没有对应地址</translation>
  </message>
  <message>
   <source>its password is not known to the engine</source>
   <translation>引擎不知道其密码</translation>
  </message>
  <message>
   <source>its secret's file can't be read, or is open to others</source>
   <translation>其机密文件无法读取，或对他人开放</translation>
  </message>
  <message>
   <source>no</source>
   <translation>否</translation>
  </message>
  <message>
   <source>no answer within the limit</source>
   <translation>在时限内没有应答</translation>
  </message>
  <message>
   <source>no encrypted connection came about</source>
   <translation>未能建立加密连接</translation>
  </message>
  <message>
   <source>no picture of incident {subject} is kept at or before that moment</source>
   <translation>该时刻及之前没有保存事件 {subject} 的画面</translation>
  </message>
  <message>
   <source>not known</source>
   <translation>未知</translation>
  </message>
  <message>
   <source>nothing has been judged for {observed} s, so no alert can be trusted</source>
   <translation>已 {observed} 秒没有任何判定，因此告警均不可信</translation>
  </message>
  <message>
   <source>only this alert</source>
   <translation>仅此告警</translation>
  </message>
  <message>
   <source>open</source>
   <translation>未结束</translation>
  </message>
  <message>
   <source>our own heartbeat on {node} is {observed} s old, limit {limit} s</source>
   <translation>我们自己在 {node} 上的心跳已有 {observed} 秒，限值 {limit} 秒</translation>
  </message>
  <message>
   <source>over</source>
   <translation>已结束</translation>
  </message>
  <message>
   <source>peers, {about}: {word}</source>
   <translation>对等节点，{about}：{word}</translation>
  </message>
  <message>
   <source>planned work, a known fault, …</source>
   <translation>计划内工作、已知故障…</translation>
  </message>
  <message>
   <source>since {at}, for {duration}</source>
   <translation>自 {at} 起，已 {duration}</translation>
  </message>
  <message>
   <source>somebody</source>
   <translation>某人</translation>
  </message>
  <message>
   <source>something</source>
   <translation>某项</translation>
  </message>
  <message>
   <source>subscription {about} has heard nothing for {observed} s</source>
   <translation>订阅 {about} 已 {observed} 秒未收到任何内容</translation>
  </message>
  <message>
   <source>subscription {about} is behind</source>
   <translation>订阅 {about} 落后</translation>
  </message>
  <message>
   <source>subscription {about} is enabled, and no worker of it runs</source>
   <translation>订阅 {about} 已启用，但没有工作进程在运行</translation>
  </message>
  <message>
   <source>subscription {about} is switched off</source>
   <translation>订阅 {about} 已关闭</translation>
  </message>
  <message>
   <source>subscription {about} meets conflicts</source>
   <translation>订阅 {about} 遇到冲突</translation>
  </message>
  <message>
   <source>subscription {about} meets errors</source>
   <translation>订阅 {about} 遇到错误</translation>
  </message>
  <message>
   <source>subscription {about} takes what came from elsewhere: it goes round</source>
   <translation>订阅 {about} 接收了来自别处的内容：形成循环</translation>
  </message>
  <message>
   <source>taken by {person}</source>
   <translation>由 {person} 接手</translation>
  </message>
  <message>
   <source>the alert {subject} is over already</source>
   <translation>告警 {subject} 已结束</translation>
  </message>
  <message>
   <source>the answer can't be read</source>
   <translation>应答无法读取</translation>
  </message>
  <message>
   <source>the books of {about} differ between peers</source>
   <translation>{about} 的账簿在对等节点之间不一致</translation>
  </message>
  <message>
   <source>the cluster</source>
   <translation>集群</translation>
  </message>
  <message>
   <source>the command can't be run</source>
   <translation>命令无法运行</translation>
  </message>
  <message>
   <source>the command ended with an error</source>
   <translation>命令以错误结束</translation>
  </message>
  <message>
   <source>the end of a silence of {subject} has to lie ahead, within 14 days</source>
   <translation>{subject} 的静默须在将来 14 天之内结束</translation>
  </message>
  <message>
   <source>the engine's store does not take what it is given</source>
   <translation>引擎的存储不接受写入</translation>
  </message>
  <message>
   <source>the engine: {word}</source>
   <translation>引擎：{word}</translation>
  </message>
  <message>
   <source>the file can't be written</source>
   <translation>文件无法写入</translation>
  </message>
  <message>
   <source>the last rehearsal of {about} failed</source>
   <translation>{about} 的上次演练失败</translation>
  </message>
  <message>
   <source>the login was refused</source>
   <translation>登录被拒绝</translation>
  </message>
  <message>
   <source>the mail server offers no encryption</source>
   <translation>邮件服务器不提供加密</translation>
  </message>
  <message>
   <source>the other side refused it</source>
   <translation>对方拒绝</translation>
  </message>
  <message>
   <source>the report of {subject} could not be written</source>
   <translation>{subject} 的报告无法写入</translation>
  </message>
  <message>
   <source>the way is still at an earlier alert</source>
   <translation>该渠道仍在处理更早的告警</translation>
  </message>
  <message>
   <source>the way out {subject} can't be used as it stands</source>
   <translation>通知渠道 {subject} 按现有设置无法使用</translation>
  </message>
  <message>
   <source>there are too many of {subject} already</source>
   <translation>{subject} 已经过多</translation>
  </message>
  <message>
   <source>there is no alert {subject}</source>
   <translation>没有告警 {subject}</translation>
  </message>
  <message>
   <source>there is no incident {subject}</source>
   <translation>没有事件 {subject}</translation>
  </message>
  <message>
   <source>there is no silence {subject} now</source>
   <translation>现在没有对 {subject} 的静默</translation>
  </message>
  <message>
   <source>there is no way out {subject}</source>
   <translation>没有通知渠道 {subject}</translation>
  </message>
  <message>
   <source>this console</source>
   <translation>本控制台</translation>
  </message>
  <message>
   <source>this is a test of the way out {about}: nothing is wrong</source>
   <translation>这是通知渠道 {about} 的测试：没有任何异常</translation>
  </message>
  <message>
   <source>way out {about}: {word}</source>
   <translation>通知渠道 {about}：{word}</translation>
  </message>
  <message>
   <source>webhook</source>
   <translation>webhook</translation>
  </message>
  <message>
   <source>what you do about it</source>
   <translation>你如何处理</translation>
  </message>
  <message>
   <source>yes</source>
   <translation>是</translation>
  </message>
  <message>
   <source>{about} is overdue</source>
   <translation>{about} 逾期</translation>
  </message>
  <message>
   <source>{name} could not deliver at {at}: {reason}</source>
   <translation>{name} 于 {at} 未能送达：{reason}</translation>
  </message>
  <message>
   <source>{name} has delivered nothing yet</source>
   <translation>{name} 尚未送达过任何内容</translation>
  </message>
  <message>
   <source>{name} last delivered at {at}</source>
   <translation>{name} 上次送达于 {at}</translation>
  </message>
  <message>
   <source>{name}: the test was delivered in {time}</source>
   <translation>{name}：测试已送达，用时 {time}</translation>
  </message>
  <message>
   <source>{name}: the test was not delivered ({time}): {reason}</source>
   <translation>{name}：测试未送达（{time}）：{reason}</translation>
  </message>
  <message>
   <source>{name}: {kind} {target}</source>
   <translation>{name}：{kind} {target}</translation>
  </message>
  <message>
   <source>{n} h</source>
   <translation>{n} 小时</translation>
  </message>
  <message>
   <source>{n} min</source>
   <translation>{n} 分钟</translation>
  </message>
  <message>
   <source>{n} more are not listed</source>
   <translation>另有 {n} 项未列出</translation>
  </message>
  <message>
   <source>{n} newer: show</source>
   <translation>{n} 项更新：显示</translation>
  </message>
  <message>
   <source>{n} open</source>
   <translation>{n} 项未结束</translation>
  </message>
  <message>
   <source>{n} taken</source>
   <translation>{n} 项已接手</translation>
  </message>
  <message>
   <source>{n} wait</source>
   <translation>{n} 条等待中</translation>
  </message>
  <message>
   <source>{n} were given up</source>
   <translation>{n} 条已放弃</translation>
  </message>
  <message>
   <source>{observed}, limit {limit}</source>
   <translation>{observed}，限值 {limit}</translation>
  </message>
  <message>
   <source>{said}. Note: {note}</source>
   <translation>{said}。备注：{note}</translation>
  </message>
  <message>
   <source>{state}, silenced</source>
   <translation>{state}，已静默</translation>
  </message>
  <message>
   <source>{text} ({figures})</source>
   <translation>{text}（{figures}）</translation>
  </message>
  <message>
   <source>{text} ({said})</source>
   <translation>{text}（{said}）</translation>
  </message>
  <message>
   <source>{text} on {node}</source>
   <translation>{node}：{text}</translation>
  </message>
  <message>
   <source>{text}, comes and goes ({n} times)</source>
   <translation>{text}，时有时无（{n} 次）</translation>
  </message>
  <message>
   <source>{text}, {more}</source>
   <translation>{text}，{more}</translation>
  </message>
  <message>
   <source>{text}, {taken}</source>
   <translation>{text}，{taken}</translation>
  </message>
  <message>
   <source>{text}. Reason: {reason}</source>
   <translation>{text}。理由：{reason}</translation>
  </message>
  <message>
   <source>{text}: {detail}</source>
   <translation>{text}：{detail}</translation>
  </message>
  <message>
   <source>{text}: {note}</source>
   <translation>{text}：{note}</translation>
  </message>
  <message>
   <source>{where}: {what}</source>
   <translation>{where}：{what}</translation>
  </message>
  <message>
   <source>{word}</source>
   <translation>{word}</translation>
  </message>
 </context>
 <context>
  <name>automation</name>
  <message>
   <source>'{text}' is no moment. Write it as 2026-11-27 22:00, in UTC.</source>
   <translation>“{text}”不是时刻。写作 2026-11-27 22:00，UTC。</translation>
  </message>
  <message>
   <source>'{text}' is no number. Write it as 12 or 0.5; 0 is a number too.</source>
   <translation>“{text}”不是数字。写作 12 或 0.5；0 也是数字。</translation>
  </message>
  <message>
   <source>'{text}' is no time of day. Write it as 22:00, in UTC.</source>
   <translation>“{text}”不是一天中的时间。写作 22:00，UTC。</translation>
  </message>
  <message>
   <source>'{text}' is no whole number, 0 or more.</source>
   <translation>“{text}”不是大于等于 0 的整数。</translation>
  </message>
  <message>
   <source>'{typed}' is not {name}.</source>
   <translation>“{typed}”不是 {name}。</translation>
  </message>
  <message>
   <source>0: only a standby that holds everything acknowledged</source>
   <translation>0：仅限持有全部已确认提交的备库</translation>
  </message>
  <message>
   <source>1 field has to be mended first</source>
   <translation>先修正 1 个字段</translation>
  </message>
  <message>
   <source>1 more window</source>
   <translation>另有 1 个窗口</translation>
  </message>
  <message>
   <source>A note on what was done by itself</source>
   <translation>关于自动操作的备注</translation>
  </message>
  <message>
   <source>A silent primary may be fenced by cutting its synchronous standbys: quorum fence</source>
   <translation>可切断无应答主库的同步备库以将其隔离：法定人数隔离</translation>
  </message>
  <message>
   <source>Acknowledge</source>
   <translation>确认</translation>
  </message>
  <message>
   <source>Acts and rehearsed decisions</source>
   <translation>操作与演练的决定</translation>
  </message>
  <message>
   <source>Add a maintenance window</source>
   <translation>添加维护窗口</translation>
  </message>
  <message>
   <source>Afterwards it does not rest: it may act again at once.</source>
   <translation>之后不停歇：可立即再次执行。</translation>
  </message>
  <message>
   <source>Afterwards it rests for {time}, or until a person acknowledges what it did.</source>
   <translation>之后停歇 {time}，或直到有人确认其操作。</translation>
  </message>
  <message>
   <source>At most {most}.</source>
   <translation>最多 {most}。</translation>
  </message>
  <message>
   <source>At most {n} days: a window that is forgotten leaves nobody to act.</source>
   <translation>最多 {n} 天：窗口被遗忘，就无人执行操作。</translation>
  </message>
  <message>
   <source>At once: no restart in place first</source>
   <translation>立即：不先就地重启</translation>
  </message>
  <message>
   <source>Automatic recovery of {cluster}</source>
   <translation>{cluster} 的自动恢复</translation>
  </message>
  <message>
   <source>Backup not older than, h</source>
   <translation>备份距今不超过，小时</translation>
  </message>
  <message>
   <source>Both ends are needed, or neither.</source>
   <translation>起止两端要么都填，要么都不填。</translation>
  </message>
  <message>
   <source>Change automatic recovery</source>
   <translation>更改自动恢复</translation>
  </message>
  <message>
   <source>Change …</source>
   <translation>更改…</translation>
  </message>
  <message>
   <source>Evidence stands for, s</source>
   <translation>证据持续，秒</translation>
  </message>
  <message>
   <source>From then on the console changes nodes without asking. Type {name} to allow it.</source>
   <translation>此后控制台改动节点时不再询问。键入 {name} 以允许。</translation>
  </message>
  <message>
   <source>If the primary of {cluster} is dead, the console acts without asking: {act}.</source>
   <translation>如果 {cluster} 的主库失效，控制台不经询问即执行：{act}。</translation>
  </message>
  <message>
   <source>It begins when it ends: leave both empty where nothing is to be quiet.</source>
   <translation>起止相同：不需要安静时段则两栏都留空。</translation>
  </message>
  <message>
   <source>It does nothing by itself {when}.</source>
   <translation>以下时段不自动执行：{when}。</translation>
  </message>
  <message>
   <source>It does nothing more by itself until this is acknowledged, or the pause is over.</source>
   <translation>在有人确认或停歇结束之前，不再自动执行。</translation>
  </message>
  <message>
   <source>It has to end after it begins.</source>
   <translation>结束须晚于开始。</translation>
  </message>
  <message>
   <source>It is over already: remove it.</source>
   <translation>已经结束：移除它。</translation>
  </message>
  <message>
   <source>Leave, nothing was changed</source>
   <translation>离开，未做任何改动</translation>
  </message>
  <message>
   <source>Maintenance from, in UTC</source>
   <translation>维护开始，UTC</translation>
  </message>
  <message>
   <source>Maintenance to, in UTC</source>
   <translation>维护结束，UTC</translation>
  </message>
  <message>
   <source>Maximum loss, entries</source>
   <translation>最大丢失量，笔分录</translation>
  </message>
  <message>
   <source>Not saved. {missing}.</source>
   <translation>未保存。{missing}。</translation>
  </message>
  <message>
   <source>Nothing is done by itself on {cluster}. What would have been done is written down ({act}), and scored by what came after.</source>
   <translation>{cluster} 上不自动执行任何操作。本会执行的操作（{act}）记录下来，并按后续情况评分。</translation>
  </message>
  <message>
   <source>Nothing is done by itself on {cluster}: if its primary dies, a person acts.</source>
   <translation>{cluster} 上不自动执行任何操作：主库失效时由人处理。</translation>
  </message>
  <message>
   <source>Quiet daily from, UTC</source>
   <translation>每日安静时段始，UTC</translation>
  </message>
  <message>
   <source>Reason of the change</source>
   <translation>更改的理由</translation>
  </message>
  <message>
   <source>Reason of the maintenance</source>
   <translation>维护的理由</translation>
  </message>
  <message>
   <source>Rebuild a lost standby, never one whose data goes beyond the fork</source>
   <translation>重建丢失的备库，但数据越过分叉点的除外</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>移除</translation>
  </message>
  <message>
   <source>Rest after an act, min</source>
   <translation>操作后停歇，分钟</translation>
  </message>
  <message>
   <source>Restart a stopped standby</source>
   <translation>重启已停止的备库</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>保存</translation>
  </message>
  <message>
   <source>Saving …</source>
   <translation>正在保存…</translation>
  </message>
  <message>
   <source>Say why: whoever reads it at night needs to know.</source>
   <translation>写明理由：夜间阅读的人需要知道。</translation>
  </message>
  <message>
   <source>Something was done by itself, longer ago than what is listed here.</source>
   <translation>曾有自动操作，早于此处所列。</translation>
  </message>
  <message>
   <source>Standbys, by themselves too</source>
   <translation>备库也自动处理</translation>
  </message>
  <message>
   <source>The engine does not answer. Nothing was saved; what is typed stays here.</source>
   <translation>引擎没有应答。未保存任何内容；键入的内容保留在此。</translation>
  </message>
  <message>
   <source>The name is not right yet</source>
   <translation>名称尚不正确</translation>
  </message>
  <message>
   <source>The name of the cluster, {name}</source>
   <translation>集群名称，{name}</translation>
  </message>
  <message>
   <source>Type {name} first</source>
   <translation>先键入 {name}</translation>
  </message>
  <message>
   <source>What has to hold</source>
   <translation>须满足的条件</translation>
  </message>
  <message>
   <source>When nothing is done by itself</source>
   <translation>何时不自动执行</translation>
  </message>
  <message>
   <source>Whether it would act by itself is not told yet.</source>
   <translation>是否会自动执行，尚无消息。</translation>
  </message>
  <message>
   <source>Who acts when the primary is lost</source>
   <translation>主库丢失时由谁处理</translation>
  </message>
  <message>
   <source>a note for the record</source>
   <translation>供记录的备注</translation>
  </message>
  <message>
   <source>a person acts</source>
   <translation>由人处理</translation>
  </message>
  <message>
   <source>a silent one is fenced by a command of its own whose result is read back, or nothing is done</source>
   <translation>无应答的主库用专门的命令隔离并回读其结果，否则不执行任何操作</translation>
  </message>
  <message>
   <source>a silent one may be fenced by cutting its synchronous standbys from it</source>
   <translation>可切断无应答主库的同步备库以将其隔离</translation>
  </message>
  <message>
   <source>acts, where every guard holds</source>
   <translation>所有防护条件均满足时执行</translation>
  </message>
  <message>
   <source>at most 1 entry may be lost</source>
   <translation>最多可丢失 1 笔分录</translation>
  </message>
  <message>
   <source>at most {n} entries may be lost</source>
   <translation>最多可丢失 {n} 笔分录</translation>
  </message>
  <message>
   <source>complete or proven; 0: not asked</source>
   <translation>完整或已证明；0：不要求</translation>
  </message>
  <message>
   <source>daily from {begin} to {end} UTC</source>
   <translation>每日 {begin} 至 {end} UTC</translation>
  </message>
  <message>
   <source>for the record</source>
   <translation>供记录</translation>
  </message>
  <message>
   <source>from {begin} to {end} UTC ({reason})</source>
   <translation>{begin} 至 {end} UTC（{reason}）</translation>
  </message>
  <message>
   <source>hard or witnessed, all that time</source>
   <translation>全程为确凿或有旁证</translation>
  </message>
  <message>
   <source>it fails over at once, without a restart in place first</source>
   <translation>立即故障切换，不先就地重启</translation>
  </message>
  <message>
   <source>it gets {time} to restart in place, then a standby is promoted</source>
   <translation>给主库 {time} 就地重启，之后提升一个备库</translation>
  </message>
  <message>
   <source>none</source>
   <translation>无</translation>
  </message>
  <message>
   <source>only if no entry is lost by it</source>
   <translation>仅在不因此丢失分录时</translation>
  </message>
  <message>
   <source>or until somebody acknowledges it</source>
   <translation>或直到有人确认</translation>
  </message>
  <message>
   <source>says what it would have done, and is scored</source>
   <translation>说明本会执行的操作，并予评分</translation>
  </message>
  <message>
   <source>somebody</source>
   <translation>某人</translation>
  </message>
  <message>
   <source>to</source>
   <translation>至</translation>
  </message>
  <message>
   <source>to, UTC</source>
   <translation>止，UTC</translation>
  </message>
  <message>
   <source>why</source>
   <translation>理由</translation>
  </message>
  <message>
   <source>{act}, once the evidence has stood for {time}</source>
   <translation>证据持续 {time} 之后，{act}</translation>
  </message>
  <message>
   <source>{act}, {loss}</source>
   <translation>{act}，{loss}</translation>
  </message>
  <message>
   <source>{console} acts for this cluster; this console only watches.</source>
   <translation>此集群由 {console} 执行操作；本控制台只监视。</translation>
  </message>
  <message>
   <source>{n} fields have to be mended first</source>
   <translation>先修正 {n} 个字段</translation>
  </message>
  <message>
   <source>{n} more windows</source>
   <translation>另有 {n} 个窗口</translation>
  </message>
  <message>
   <source>{text}; {silent}</source>
   <translation>{text}；{silent}</translation>
  </message>
 </context>
 <context>
  <name>backup</name>
  <message>
   <source>'Prove' restores one into a sandbox and proves its books. Nothing on the ledger changes.</source>
   <translation>“证明”将一个备份还原到沙箱并证明其账簿。账本不会被改动。</translation>
  </message>
  <message>
   <source>, </source>
   <translation>，</translation>
  </message>
  <message>
   <source>1 backup would go</source>
   <translation>将移除 1 个备份</translation>
  </message>
  <message>
   <source>1 day</source>
   <translation>1 天</translation>
  </message>
  <message>
   <source>1 full backup</source>
   <translation>1 个完整备份</translation>
  </message>
  <message>
   <source>1 s</source>
   <translation>1 秒</translation>
  </message>
  <message>
   <source>2 weeks</source>
   <translation>2 周</translation>
  </message>
  <message>
   <source>3 months</source>
   <translation>3 个月</translation>
  </message>
  <message>
   <source>; </source>
   <translation>；</translation>
  </message>
  <message>
   <source>A policy says on which host backups are kept, when they are made, how many stay, and how they are proven. Nothing begins before you save it.</source>
   <translation>策略规定备份存放在哪台主机、何时进行、保留多少以及如何证明。保存之前不会开始任何操作。</translation>
  </message>
  <message>
   <source>A restore test runs there now.</source>
   <translation>那里正在运行还原测试。</translation>
  </message>
  <message>
   <source>All</source>
   <translation>全部</translation>
  </message>
  <message>
   <source>As a table</source>
   <translation>以表格显示</translation>
  </message>
  <message>
   <source>Ask the open copy: {target}</source>
   <translation>查询已打开的副本：{target}</translation>
  </message>
  <message>
   <source>Ask …</source>
   <translation>查询…</translation>
  </message>
  <message>
   <source>Back up and prove</source>
   <translation>备份并证明</translation>
  </message>
  <message>
   <source>Back up now</source>
   <translation>立即备份</translation>
  </message>
  <message>
   <source>Back up now: {kind}</source>
   <translation>立即备份：{kind}</translation>
  </message>
  <message>
   <source>Backups as a table</source>
   <translation>备份表格</translation>
  </message>
  <message>
   <source>Barman</source>
   <translation>Barman</translation>
  </message>
  <message>
   <source>Barman 3.11 or later is needed for it</source>
   <translation>需要 Barman 3.11 或更高版本</translation>
  </message>
  <message>
   <source>Barman 3.3 or later is needed for it</source>
   <translation>需要 Barman 3.3 或更高版本</translation>
  </message>
  <message>
   <source>Books whole</source>
   <translation>账簿完整</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Chain of backups on {repository}</source>
   <translation>{repository} 上的备份链</translation>
  </message>
  <message>
   <source>Change …</source>
   <translation>更改…</translation>
  </message>
  <message>
   <source>Check the SSH of {node}, then 'Back up now'.</source>
   <translation>检查 {node} 的 SSH，然后点“立即备份”。</translation>
  </message>
  <message>
   <source>Checks of this backup</source>
   <translation>此备份的检查</translation>
  </message>
  <message>
   <source>Checksums</source>
   <translation>校验和</translation>
  </message>
  <message>
   <source>Choose another directory: what lies there is not touched.</source>
   <translation>选择另一个目录：那里已有的内容不会被改动。</translation>
  </message>
  <message>
   <source>Choose it to see which. What stands on it may not restore; a full one mends it.</source>
   <translation>选中它可查看是哪一项。依赖它的备份可能无法还原；做一个完整备份即可弥补。</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Close the open copy: {target}</source>
   <translation>关闭已打开的副本：{target}</translation>
  </message>
  <message>
   <source>Compare the crontab</source>
   <translation>比对 crontab</translation>
  </message>
  <message>
   <source>Copies the whole ledger to {repository}, restores it into a sandbox, and proves the books of the copy. The running ledger is only read.</source>
   <translation>将整个账本拷贝到 {repository}，还原到沙箱，并证明副本的账簿。运行中的账本只被读取。</translation>
  </message>
  <message>
   <source>Copy from {repository}</source>
   <translation>来自 {repository} 的副本</translation>
  </message>
  <message>
   <source>D</source>
   <translation>差</translation>
  </message>
  <message>
   <source>Entries booked in that stretch are in every later backup; only a return to a moment inside it is impossible.</source>
   <translation>该时段记账的分录在之后的每个备份中都有；只是无法还原到其中的某一时刻。</translation>
  </message>
  <message>
   <source>F</source>
   <translation>完</translation>
  </message>
  <message>
   <source>I</source>
   <translation>增</translation>
  </message>
  <message>
   <source>Indexes</source>
   <translation>索引</translation>
  </message>
  <message>
   <source>Install a version for this server on {node}, or choose another engine.</source>
   <translation>在 {node} 上安装适合此服务器的版本，或选择另一个引擎。</translation>
  </message>
  <message>
   <source>Install it on {node}, or name its path in the policy ('Change …').</source>
   <translation>在 {node} 上安装它，或在策略中指定其路径（“更改…”）。</translation>
  </message>
  <message>
   <source>Install it there</source>
   <translation>在那里安装它</translation>
  </message>
  <message>
   <source>Install rsync 3.1 or later on {node}, and on the nodes.</source>
   <translation>在 {node} 和各节点上安装 rsync 3.1 或更高版本。</translation>
  </message>
  <message>
   <source>It can be added to, not cleared: change the tape, or keep it all.</source>
   <translation>只能追加，不能清除：更换磁带，或全部保留。</translation>
  </message>
  <message>
   <source>It can't be read now, so what is shown here is old.</source>
   <translation>现在无法读取，此处显示的是旧内容。</translation>
  </message>
  <message>
   <source>It was last read {age}, so what is shown here is old.</source>
   <translation>上次读取于 {age}，此处显示的是旧内容。</translation>
  </message>
  <message>
   <source>Its chain is not whole: it can't be restored.</source>
   <translation>备份链不完整：无法还原。</translation>
  </message>
  <message>
   <source>Its medium was not read yet</source>
   <translation>其介质尚未读取</translation>
  </message>
  <message>
   <source>Kept: at least {fulls} with all that needs them.</source>
   <translation>保留：至少 {fulls} 及所有依赖它们的备份。</translation>
  </message>
  <message>
   <source>Kept: every moment of {days}, and at least {fulls}.</source>
   <translation>保留：{days} 内的每一时刻，以及至少 {fulls}。</translation>
  </message>
  <message>
   <source>Last restored on trial, with whole books: the {kind} backup of {of}, proven {at}.</source>
   <translation>上次试还原且账簿完整：{of} 的备份（{kind}），证明于 {at}。</translation>
  </message>
  <message>
   <source>Make a full backup first.</source>
   <translation>先做一个完整备份。</translation>
  </message>
  <message>
   <source>Make a full backup now: it needs none of the missing WAL.</source>
   <translation>立即做一个完整备份：它不需要缺少的 WAL。</translation>
  </message>
  <message>
   <source>Make a full backup now: it needs none of them. The running ledger is whole.</source>
   <translation>立即做一个完整备份：它不依赖任何一个现有备份。运行中的账本是完整的。</translation>
  </message>
  <message>
   <source>Make room on {node}, or keep less ('Change …'), then 'Back up now'.</source>
   <translation>在 {node} 上腾出空间，或减少保留（“更改…”），然后点“立即备份”。</translation>
  </message>
  <message>
   <source>Media</source>
   <translation>介质</translation>
  </message>
  <message>
   <source>Mend that on {node}, then look again (F5).</source>
   <translation>在 {node} 上修复，然后再次查看（F5）。</translation>
  </message>
  <message>
   <source>Mirror holds the same</source>
   <translation>镜像内容相同</translation>
  </message>
  <message>
   <source>Missed: {what} of {at} on {repository}, because {reason}</source>
   <translation>错过：{what}（{at}，{repository}），原因：{reason}</translation>
  </message>
  <message>
   <source>Needs</source>
   <translation>依赖</translation>
  </message>
  <message>
   <source>No backup lies in this repository yet.</source>
   <translation>此备份库中尚无备份。</translation>
  </message>
  <message>
   <source>No cluster is chosen. Choose one at the left to see its backups.</source>
   <translation>未选择集群。在左侧选择一个以查看其备份。</translation>
  </message>
  <message>
   <source>Not read now: {reason}</source>
   <translation>现在未读取：{reason}</translation>
  </message>
  <message>
   <source>Nothing is planned: backups are made by hand only.</source>
   <translation>没有计划：备份只能手动进行。</translation>
  </message>
  <message>
   <source>Nothing may go: {reason}.</source>
   <translation>不得移除任何内容：{reason}。</translation>
  </message>
  <message>
   <source>Nothing runs. Next by itself: {what}, {at} UTC.</source>
   <translation>没有任务在运行。下一个自动任务：{what}，{at} UTC。</translation>
  </message>
  <message>
   <source>Nothing runs. Nothing is planned either.</source>
   <translation>没有任务在运行。也没有计划。</translation>
  </message>
  <message>
   <source>Nothing was changed.</source>
   <translation>未做任何改动。</translation>
  </message>
  <message>
   <source>Nothing was changed. The backup of {at} is still the last.</source>
   <translation>未做任何改动。最近的备份仍是 {at} 的那一个。</translation>
  </message>
  <message>
   <source>Nothing would go: all that there is, is kept.</source>
   <translation>不会移除任何内容：现有的全部保留。</translation>
  </message>
  <message>
   <source>Open copy: {target}</source>
   <translation>已打开的副本：{target}</translation>
  </message>
  <message>
   <source>Other kinds and repositories</source>
   <translation>其他类型和备份库</translation>
  </message>
  <message>
   <source>Page checksums</source>
   <translation>页校验和</translation>
  </message>
  <message>
   <source>Policy and next runs</source>
   <translation>策略与后续运行</translation>
  </message>
  <message>
   <source>PostgreSQL 17 or later is needed for it</source>
   <translation>需要 PostgreSQL 17 或更高版本</translation>
  </message>
  <message>
   <source>PostgreSQL's own</source>
   <translation>PostgreSQL 自带</translation>
  </message>
  <message>
   <source>Prove</source>
   <translation>证明</translation>
  </message>
  <message>
   <source>Prove again</source>
   <translation>再次证明</translation>
  </message>
  <message>
   <source>Read back</source>
   <translation>回读</translation>
  </message>
  <message>
   <source>Reading back on {repository}</source>
   <translation>在 {repository} 上回读</translation>
  </message>
  <message>
   <source>Reading what is known of the backups of {cluster} …</source>
   <translation>正在读取 {cluster} 备份的已知信息…</translation>
  </message>
  <message>
   <source>Reading {backup} back, on {repository}</source>
   <translation>在 {repository} 上回读 {backup}</translation>
  </message>
  <message>
   <source>Restorable</source>
   <translation>可还原</translation>
  </message>
  <message>
   <source>Restore and show</source>
   <translation>还原并显示</translation>
  </message>
  <message>
   <source>Restore of {backup} to look at, from {repository}</source>
   <translation>从 {repository} 还原 {backup} 供查看</translation>
  </message>
  <message>
   <source>Restore test of {backup}, on {repository}</source>
   <translation>{backup} 的还原测试，在 {repository} 上</translation>
  </message>
  <message>
   <source>Restore test on {repository}</source>
   <translation>{repository} 上的还原测试</translation>
  </message>
  <message>
   <source>Restore …</source>
   <translation>还原…</translation>
  </message>
  <message>
   <source>Restored in a sandbox</source>
   <translation>已在沙箱中还原</translation>
  </message>
  <message>
   <source>Safe: nothing is written; what was not read stays 'not checked'</source>
   <translation>安全：不写入任何内容；未读取的仍为“未检查”</translation>
  </message>
  <message>
   <source>Safe: removes only the part copied, keeps every older backup</source>
   <translation>安全：只移除已拷贝的部分，保留所有更早的备份</translation>
  </message>
  <message>
   <source>Safe: removes only the sandbox, the backup stays as it is</source>
   <translation>安全：只移除沙箱，备份保持原样</translation>
  </message>
  <message>
   <source>Say where and when …</source>
   <translation>指定位置和时间…</translation>
  </message>
  <message>
   <source>Selected</source>
   <translation>已选</translation>
  </message>
  <message>
   <source>Selected: {kind} of {at}</source>
   <translation>已选：{at}（{kind}）</translation>
  </message>
  <message>
   <source>Shown: {repository}. Opens a menu</source>
   <translation>当前显示：{repository}。打开菜单</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>大小</translation>
  </message>
  <message>
   <source>Take these away</source>
   <translation>移除这些</translation>
  </message>
  <message>
   <source>Taken from</source>
   <translation>取自</translation>
  </message>
  <message>
   <source>Taking away what is not kept on {repository}</source>
   <translation>在 {repository} 上移除不再保留的备份</translation>
  </message>
  <message>
   <source>The WAL that belongs to it has not come in yet, or was not read yet.</source>
   <translation>所属的 WAL 尚未到达，或尚未读取。</translation>
  </message>
  <message>
   <source>The crontab of {node} is as the policy wants it.</source>
   <translation>{node} 的 crontab 符合策略。</translation>
  </message>
  <message>
   <source>The crontab of {node} is not as the policy wants it: {lacks} lines missing, {more} too many.</source>
   <translation>{node} 的 crontab 不符合策略：缺少 {lacks} 行，多出 {more} 行。</translation>
  </message>
  <message>
   <source>The engine does not answer. It tells of {cluster} once it does.</source>
   <translation>引擎没有应答。应答后会报告 {cluster} 的情况。</translation>
  </message>
  <message>
   <source>The engine does not answer: this is its last picture. Nothing can be begun.</source>
   <translation>引擎没有应答：这是其最后的画面。无法开始任何操作。</translation>
  </message>
  <message>
   <source>This takes a few seconds. Nothing is changed by it.</source>
   <translation>需要几秒钟。不会改动任何内容。</translation>
  </message>
  <message>
   <source>To restore it</source>
   <translation>还原所需</translation>
  </message>
  <message>
   <source>Unlock the key on {node}, or give it a key without a passphrase.</source>
   <translation>在 {node} 上解锁密钥，或改用没有口令的密钥。</translation>
  </message>
  <message>
   <source>WAL archive</source>
   <translation>WAL 归档</translation>
  </message>
  <message>
   <source>WAL is damaged there</source>
   <translation>此处 WAL 已损坏</translation>
  </message>
  <message>
   <source>WAL is missing there</source>
   <translation>此处缺少 WAL</translation>
  </message>
  <message>
   <source>WAL without a gap</source>
   <translation>WAL 无缺口</translation>
  </message>
  <message>
   <source>Wait until it ends, or cancel it.</source>
   <translation>等它结束，或取消它。</translation>
  </message>
  <message>
   <source>What could be got back of {cluster} is being read</source>
   <translation>正在读取 {cluster} 的可还原内容</translation>
  </message>
  <message>
   <source>What could be got back of {cluster} is not known: no repository could be read</source>
   <translation>{cluster} 的可还原内容未知：没有任何备份库可读</translation>
  </message>
  <message>
   <source>What is gone stays gone; the rest is kept and still whole</source>
   <translation>已移除的不再恢复；其余保留且仍完整</translation>
  </message>
  <message>
   <source>What was booked after that is on the nodes only. Every older moment is safe.</source>
   <translation>此后记账的内容只在节点上。更早的每一时刻都安全。</translation>
  </message>
  <message>
   <source>What was half-done counts for nothing and was removed. The ledger was not disturbed.</source>
   <translation>未完成的部分不作数，已移除。账本未受影响。</translation>
  </message>
  <message>
   <source>What was half-done counts for nothing. The backup of {at} is still the last.</source>
   <translation>未完成的部分不作数。最近的备份仍是 {at} 的那一个。</translation>
  </message>
  <message>
   <source>What would go?</source>
   <translation>会移除什么？</translation>
  </message>
  <message>
   <source>Without one a mistaken delete can't be undone.</source>
   <translation>没有备份，误删就无法挽回。</translation>
  </message>
  <message>
   <source>Work under way</source>
   <translation>进行中的工作</translation>
  </message>
  <message>
   <source>a backup is consistent only from its end on</source>
   <translation>备份从其结束时起才一致</translation>
  </message>
  <message>
   <source>a backup of the chain is not complete</source>
   <translation>链中有一个备份不完整</translation>
  </message>
  <message>
   <source>a backup of the chain is not there</source>
   <translation>链中有一个备份不存在</translation>
  </message>
  <message>
   <source>a backup that it stands on is missing or broken</source>
   <translation>它所依赖的备份缺失或已损坏</translation>
  </message>
  <message>
   <source>a check failed</source>
   <translation>一项检查失败</translation>
  </message>
  <message>
   <source>a directory that is no backup lies there</source>
   <translation>那里有一个不是备份的目录</translation>
  </message>
  <message>
   <source>a file is missing</source>
   <translation>缺少一个文件</translation>
  </message>
  <message>
   <source>a file is not what was backed up</source>
   <translation>有文件与备份时不同</translation>
  </message>
  <message>
   <source>a key on the host asks for a passphrase</source>
   <translation>主机上的密钥要求口令</translation>
  </message>
  <message>
   <source>a link in the copy leads out of the sandbox</source>
   <translation>副本中有链接指向沙箱之外</translation>
  </message>
  <message>
   <source>a lock is in the way</source>
   <translation>有锁阻挡</translation>
  </message>
  <message>
   <source>a lock or the time limit stopped the question</source>
   <translation>锁或时限中止了查询</translation>
  </message>
  <message>
   <source>a mistake of the console's own</source>
   <translation>控制台自身的错误</translation>
  </message>
  <message>
   <source>a page is damaged</source>
   <translation>有页已损坏</translation>
  </message>
  <message>
   <source>a page's checksum was wrong when it was copied</source>
   <translation>拷贝时有页的校验和错误</translation>
  </message>
  <message>
   <source>a person cancelled it</source>
   <translation>有人取消了它</translation>
  </message>
  <message>
   <source>a table of the ledger is not there</source>
   <translation>账本的一个表不存在</translation>
  </message>
  <message>
   <source>a tablespace lies outside of what can be laid out</source>
   <translation>有表空间位于可展开范围之外</translation>
  </message>
  <message>
   <source>about {time}, by the last restore</source>
   <translation>约 {time}，按上次还原</translation>
  </message>
  <message>
   <source>all backups</source>
   <translation>全部备份</translation>
  </message>
  <message>
   <source>all changes are frozen</source>
   <translation>所有改动已冻结</translation>
  </message>
  <message>
   <source>all {n} files</source>
   <translation>全部 {n} 个文件</translation>
  </message>
  <message>
   <source>an index is damaged</source>
   <translation>有索引已损坏</translation>
  </message>
  <message>
   <source>another backup stands on it</source>
   <translation>有另一个备份依赖它</translation>
  </message>
  <message>
   <source>any moment, {begin} to now ({age} ago)</source>
   <translation>任意时刻，{begin} 至现在（{age} 前）</translation>
  </message>
  <message>
   <source>any moment, {begin} to {end}</source>
   <translation>任意时刻，{begin} 至 {end}</translation>
  </message>
  <message>
   <source>append-only</source>
   <translation>仅可追加</translation>
  </message>
  <message>
   <source>archived by the servers</source>
   <translation>由服务器归档</translation>
  </message>
  <message>
   <source>backup</source>
   <translation>备份</translation>
  </message>
  <message>
   <source>backup_method = postgres is needed for it</source>
   <translation>需要 backup_method = postgres</translation>
  </message>
  <message>
   <source>begins</source>
   <translation>开始</translation>
  </message>
  <message>
   <source>begun (UTC)</source>
   <translation>开始（UTC）</translation>
  </message>
  <message>
   <source>broken, counts for nothing</source>
   <translation>已损坏，不作数</translation>
  </message>
  <message>
   <source>cancelled</source>
   <translation>已取消</translation>
  </message>
  <message>
   <source>checksums read back</source>
   <translation>校验和已回读</translation>
  </message>
  <message>
   <source>combines the chain</source>
   <translation>合并备份链</translation>
  </message>
  <message>
   <source>copies</source>
   <translation>拷贝</translation>
  </message>
  <message>
   <source>copies to tape</source>
   <translation>拷贝到磁带</translation>
  </message>
  <message>
   <source>copies to the second place</source>
   <translation>拷贝到第二存放处</translation>
  </message>
  <message>
   <source>damage was found</source>
   <translation>发现损坏</translation>
  </message>
  <message>
   <source>differential</source>
   <translation>差异</translation>
  </message>
  <message>
   <source>differential backup</source>
   <translation>差异备份</translation>
  </message>
  <message>
   <source>disk</source>
   <translation>磁盘</translation>
  </message>
  <message>
   <source>done</source>
   <translation>完成</translation>
  </message>
  <message>
   <source>encrypted</source>
   <translation>已加密</translation>
  </message>
  <message>
   <source>entries that were surely in the backup are missing in the copy</source>
   <translation>备份中必有的分录在副本中缺失</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>失败</translation>
  </message>
  <message>
   <source>fulfilled: {rules}</source>
   <translation>已满足：{rules}</translation>
  </message>
  <message>
   <source>full</source>
   <translation>完整</translation>
  </message>
  <message>
   <source>full backup</source>
   <translation>完整备份</translation>
  </message>
  <message>
   <source>how far the repository's WAL goes is not known</source>
   <translation>备份库的 WAL 到何处为止未知</translation>
  </message>
  <message>
   <source>in {time}</source>
   <translation>用时 {time}</translation>
  </message>
  <message>
   <source>incremental</source>
   <translation>增量</translation>
  </message>
  <message>
   <source>incremental backup</source>
   <translation>增量备份</translation>
  </message>
  <message>
   <source>is being cancelled</source>
   <translation>正在取消</translation>
  </message>
  <message>
   <source>it can't be made of a compressed backup</source>
   <translation>不能基于压缩的备份进行</translation>
  </message>
  <message>
   <source>it can't be read</source>
   <translation>无法读取</translation>
  </message>
  <message>
   <source>it did not finish</source>
   <translation>未完成</translation>
  </message>
  <message>
   <source>it does not say what it stands on</source>
   <translation>没有说明它依赖什么</translation>
  </message>
  <message>
   <source>it ended, and the repository does not show it</source>
   <translation>已结束，但备份库中没有显示</translation>
  </message>
  <message>
   <source>it has no checksums to compare with</source>
   <translation>没有可比对的校验和</translation>
  </message>
  <message>
   <source>it holds backups of another system identifier</source>
   <translation>其中是另一个系统标识符的备份</translation>
  </message>
  <message>
   <source>it is the last that is proven</source>
   <translation>它是最后一个已证明的备份</translation>
  </message>
  <message>
   <source>it keeps no manifest to compare with</source>
   <translation>没有可比对的清单文件</translation>
  </message>
  <message>
   <source>it lies before the first backup</source>
   <translation>早于第一个备份</translation>
  </message>
  <message>
   <source>it lies beyond the last WAL that was kept</source>
   <translation>晚于所保留的最后 WAL</translation>
  </message>
  <message>
   <source>it may not be written</source>
   <translation>不允许写入</translation>
  </message>
  <message>
   <source>it took longer than its limit</source>
   <translation>超过了时限</translation>
  </message>
  <message>
   <source>it was broken off</source>
   <translation>被中断</translation>
  </message>
  <message>
   <source>it was never reached yet</source>
   <translation>从未连接上</translation>
  </message>
  <message>
   <source>it was not checked</source>
   <translation>未检查</translation>
  </message>
  <message>
   <source>it was not proven</source>
   <translation>未证明</translation>
  </message>
  <message>
   <source>it was not read</source>
   <translation>未读取</translation>
  </message>
  <message>
   <source>it was not restored</source>
   <translation>未还原</translation>
  </message>
  <message>
   <source>it was not run</source>
   <translation>未运行</translation>
  </message>
  <message>
   <source>its WAL makes a tablespace, which would lie outside</source>
   <translation>其 WAL 会创建表空间，位置在外部</translation>
  </message>
  <message>
   <source>its command ended in failure</source>
   <translation>其命令以失败结束</translation>
  </message>
  <message>
   <source>its directory could not be taken away</source>
   <translation>其目录无法移除</translation>
  </message>
  <message>
   <source>its history is another one</source>
   <translation>其历史不同</translation>
  </message>
  <message>
   <source>its host asks something that a person has to answer</source>
   <translation>其主机提出了须由人回答的问题</translation>
  </message>
  <message>
   <source>its host can't be reached; it may go on there</source>
   <translation>无法连接其主机；它可能仍在那里继续</translation>
  </message>
  <message>
   <source>its host could not be reached</source>
   <translation>无法连接其主机</translation>
  </message>
  <message>
   <source>its host did not accept our key or password</source>
   <translation>其主机不接受我们的密钥或密码</translation>
  </message>
  <message>
   <source>its host did not begin it</source>
   <translation>其主机没有开始它</translation>
  </message>
  <message>
   <source>its host has another host key than was accepted</source>
   <translation>其主机的主机密钥与已接受的不同</translation>
  </message>
  <message>
   <source>its last WAL has not come yet</source>
   <translation>其最后的 WAL 尚未到达</translation>
  </message>
  <message>
   <source>its manifest is damaged</source>
   <translation>其清单文件已损坏</translation>
  </message>
  <message>
   <source>its operator has stopped it</source>
   <translation>其运维人员已停止它</translation>
  </message>
  <message>
   <source>its process is gone and left no word</source>
   <translation>其进程已消失，没有留下信息</translation>
  </message>
  <message>
   <source>its program ended in failure</source>
   <translation>其程序以失败结束</translation>
  </message>
  <message>
   <source>its program is not on the host</source>
   <translation>主机上没有其程序</translation>
  </message>
  <message>
   <source>its program is too old for the server's version</source>
   <translation>其程序对服务器版本而言过旧</translation>
  </message>
  <message>
   <source>its restore_command ended in failure</source>
   <translation>其 restore_command 以失败结束</translation>
  </message>
  <message>
   <source>its source was promoted in the middle</source>
   <translation>其来源中途被提升</translation>
  </message>
  <message>
   <source>kept {n} days by its operator</source>
   <translation>由运维方保留 {n} 天</translation>
  </message>
  <message>
   <source>kind</source>
   <translation>类型</translation>
  </message>
  <message>
   <source>last entry</source>
   <translation>最后分录</translation>
  </message>
  <message>
   <source>lasts 1 day</source>
   <translation>还可用 1 天</translation>
  </message>
  <message>
   <source>lasts {n} days</source>
   <translation>还可用 {n} 天</translation>
  </message>
  <message>
   <source>latest</source>
   <translation>最新</translation>
  </message>
  <message>
   <source>lays the chain out</source>
   <translation>展开备份链</translation>
  </message>
  <message>
   <source>locked</source>
   <translation>已锁定</translation>
  </message>
  <message>
   <source>locked {n} days</source>
   <translation>锁定 {n} 天</translation>
  </message>
  <message>
   <source>mirror not seen</source>
   <translation>未见镜像</translation>
  </message>
  <message>
   <source>mirrored</source>
   <translation>已镜像</translation>
  </message>
  <message>
   <source>missing: {rules}</source>
   <translation>缺少：{rules}</translation>
  </message>
  <message>
   <source>needs</source>
   <translation>依赖</translation>
  </message>
  <message>
   <source>no WAL came for too long</source>
   <translation>过久没有 WAL 到达</translation>
  </message>
  <message>
   <source>no answer came within the limit</source>
   <translation>在时限内没有应答</translation>
  </message>
  <message>
   <source>no backup with its WAL covers it</source>
   <translation>没有带 WAL 的备份覆盖它</translation>
  </message>
  <message>
   <source>no check of the books could be run</source>
   <translation>未能运行任何账簿检查</translation>
  </message>
  <message>
   <source>no limit known</source>
   <translation>没有已知的限值</translation>
  </message>
  <message>
   <source>no node knows where that entry was committed</source>
   <translation>没有节点知道该分录在何处提交</translation>
  </message>
  <message>
   <source>no restore point of that name is known</source>
   <translation>没有该名称的还原点</translation>
  </message>
  <message>
   <source>no server answers</source>
   <translation>没有服务器应答</translation>
  </message>
  <message>
   <source>no server can be backed up from now</source>
   <translation>现在没有可备份的服务器</translation>
  </message>
  <message>
   <source>no such work is known</source>
   <translation>没有这项工作</translation>
  </message>
  <message>
   <source>nobody: only by hand</source>
   <translation>无：仅手动</translation>
  </message>
  <message>
   <source>not all of it could be taken away</source>
   <translation>未能全部移除</translation>
  </message>
  <message>
   <source>not checked</source>
   <translation>未检查</translation>
  </message>
  <message>
   <source>not every file was read</source>
   <translation>并非每个文件都已读取</translation>
  </message>
  <message>
   <source>not known</source>
   <translation>未知</translation>
  </message>
  <message>
   <source>not known: {rules}</source>
   <translation>未知：{rules}</translation>
  </message>
  <message>
   <source>not measured yet</source>
   <translation>尚未测量</translation>
  </message>
  <message>
   <source>not seen now</source>
   <translation>现在看不到</translation>
  </message>
  <message>
   <source>nothing else</source>
   <translation>无</translation>
  </message>
  <message>
   <source>nothing is laid out there</source>
   <translation>那里没有展开任何内容</translation>
  </message>
  <message>
   <source>nothing listens for SSH on its host</source>
   <translation>其主机上没有监听 SSH</translation>
  </message>
  <message>
   <source>nothing was begun at its time</source>
   <translation>到时没有开始任何任务</translation>
  </message>
  <message>
   <source>nothing would go</source>
   <translation>不会移除任何内容</translation>
  </message>
  <message>
   <source>now</source>
   <translation>现在</translation>
  </message>
  <message>
   <source>numbers are missing in the restored books</source>
   <translation>还原的账簿中缺少编号</translation>
  </message>
  <message>
   <source>object store</source>
   <translation>对象存储</translation>
  </message>
  <message>
   <source>of the backups alone: WAL was not compared</source>
   <translation>仅限备份：未比对 WAL</translation>
  </message>
  <message>
   <source>on another machine than its source's</source>
   <translation>在与来源不同的机器上</translation>
  </message>
  <message>
   <source>on the machine of its source</source>
   <translation>在来源所在的机器上</translation>
  </message>
  <message>
   <source>on which machine is not known</source>
   <translation>在哪台机器上未知</translation>
  </message>
  <message>
   <source>on {day}</source>
   <translation>{day}</translation>
  </message>
  <message>
   <source>on {day} and {last}</source>
   <translation>{day} 日和 {last}</translation>
  </message>
  <message>
   <source>on {first} and {last}</source>
   <translation>{first} 和 {last}</translation>
  </message>
  <message>
   <source>on {node}, opened {age}; read-only, and out of production's reach</source>
   <translation>在 {node} 上，{age} 打开；只读，且接触不到生产环境</translation>
  </message>
  <message>
   <source>one WAL segment is damaged</source>
   <translation>一个 WAL 段已损坏</translation>
  </message>
  <message>
   <source>one WAL segment is missing</source>
   <translation>缺少一个 WAL 段</translation>
  </message>
  <message>
   <source>one elsewhere</source>
   <translation>一份在异地</translation>
  </message>
  <message>
   <source>one statement at a time, without a semicolon</source>
   <translation>一次一条语句，不带分号</translation>
  </message>
  <message>
   <source>one that can't be changed</source>
   <translation>一份不可更改</translation>
  </message>
  <message>
   <source>only a statement that reads is allowed</source>
   <translation>只允许读取语句</translation>
  </message>
  <message>
   <source>only as far as the restore needed it</source>
   <translation>仅限还原所需的部分</translation>
  </message>
  <message>
   <source>only one reading statement may be asked of {subject}</source>
   <translation>对 {subject} 一次只能执行一条读取语句</translation>
  </message>
  <message>
   <source>other work runs there already</source>
   <translation>那里已有其他工作在运行</translation>
  </message>
  <message>
   <source>passed</source>
   <translation>通过</translation>
  </message>
  <message>
   <source>pgBackRest</source>
   <translation>pgBackRest</translation>
  </message>
  <message>
   <source>proof</source>
   <translation>证明</translation>
  </message>
  <message>
   <source>proven lately</source>
   <translation>近期已证明</translation>
  </message>
  <message>
   <source>proves the books</source>
   <translation>证明账簿</translation>
  </message>
  <message>
   <source>read backups back</source>
   <translation>回读备份</translation>
  </message>
  <message>
   <source>read {age}</source>
   <translation>{age} 读取</translation>
  </message>
  <message>
   <source>reads back</source>
   <translation>回读</translation>
  </message>
  <message>
   <source>reads every page</source>
   <translation>读取每个页</translation>
  </message>
  <message>
   <source>replays WAL</source>
   <translation>重放 WAL</translation>
  </message>
  <message>
   <source>restore test in a sandbox</source>
   <translation>沙箱中的还原测试</translation>
  </message>
  <message>
   <source>restored, books proven</source>
   <translation>已还原，账簿已证明</translation>
  </message>
  <message>
   <source>rsync is missing or of the wrong version</source>
   <translation>rsync 缺失或版本不对</translation>
  </message>
  <message>
   <source>runs</source>
   <translation>运行中</translation>
  </message>
  <message>
   <source>size</source>
   <translation>大小</translation>
  </message>
  <message>
   <source>something of it is still there</source>
   <translation>仍有残留</translation>
  </message>
  <message>
   <source>starts the sandbox</source>
   <translation>启动沙箱</translation>
  </message>
  <message>
   <source>streamed</source>
   <translation>流式接收</translation>
  </message>
  <message>
   <source>sudo was refused on the host</source>
   <translation>主机拒绝 sudo</translation>
  </message>
  <message>
   <source>summarize_wal is off on the server</source>
   <translation>服务器上 summarize_wal 已关闭</translation>
  </message>
  <message>
   <source>take away what is not kept</source>
   <translation>移除不再保留的备份</translation>
  </message>
  <message>
   <source>takes away</source>
   <translation>移除</translation>
  </message>
  <message>
   <source>tape, LTFS</source>
   <translation>磁带，LTFS</translation>
  </message>
  <message>
   <source>the WAL needs larger settings than the copy was started with</source>
   <translation>WAL 所需的设置大于副本启动时的设置</translation>
  </message>
  <message>
   <source>the account has no home for its scripts</source>
   <translation>该账号没有存放脚本的主目录</translation>
  </message>
  <message>
   <source>the answer would be too large</source>
   <translation>应答会过大</translation>
  </message>
  <message>
   <source>the backup host's own crontab</source>
   <translation>备份主机自己的 crontab</translation>
  </message>
  <message>
   <source>the certificate of its store is not trusted</source>
   <translation>其存储的证书不受信任</translation>
  </message>
  <message>
   <source>the chain could not be laid out</source>
   <translation>备份链无法展开</translation>
  </message>
  <message>
   <source>the cluster has no backup policy</source>
   <translation>集群没有备份策略</translation>
  </message>
  <message>
   <source>the cluster has no ledger whose books could be proven</source>
   <translation>集群没有可证明账簿的账本</translation>
  </message>
  <message>
   <source>the connection to its host broke off</source>
   <translation>与其主机的连接中断</translation>
  </message>
  <message>
   <source>the console does not know that engine</source>
   <translation>控制台不认识该引擎</translation>
  </message>
  <message>
   <source>the console's engine is ending</source>
   <translation>控制台的引擎正在结束</translation>
  </message>
  <message>
   <source>the console's engine was killed meanwhile</source>
   <translation>其间控制台的引擎被终止</translation>
  </message>
  <message>
   <source>the console's engine was not running</source>
   <translation>控制台的引擎当时未运行</translation>
  </message>
  <message>
   <source>the copy could not be opened for writing</source>
   <translation>副本无法打开写入</translation>
  </message>
  <message>
   <source>the copy in its second place failed</source>
   <translation>第二存放处的副本失败</translation>
  </message>
  <message>
   <source>the crontab was changed meanwhile, and is left as it is</source>
   <translation>crontab 其间被更改，保持原样</translation>
  </message>
  <message>
   <source>the directory is there already</source>
   <translation>目录已存在</translation>
  </message>
  <message>
   <source>the directory is there already, and is left alone</source>
   <translation>目录已存在，不予改动</translation>
  </message>
  <message>
   <source>the directory is there, and not empty</source>
   <translation>目录已存在且不为空</translation>
  </message>
  <message>
   <source>the engine gave it another name</source>
   <translation>引擎给了它另一个名称</translation>
  </message>
  <message>
   <source>the engine itself was told to keep it</source>
   <translation>引擎自身被要求保留它</translation>
  </message>
  <message>
   <source>the engine knows no limit</source>
   <translation>引擎没有已知的限值</translation>
  </message>
  <message>
   <source>the engine was not running</source>
   <translation>引擎未运行</translation>
  </message>
  <message>
   <source>the engine's own check failed</source>
   <translation>引擎自身的检查失败</translation>
  </message>
  <message>
   <source>the engine's own report says that it is damaged</source>
   <translation>引擎自身的报告称其已损坏</translation>
  </message>
  <message>
   <source>the engine's report could not be read</source>
   <translation>引擎的报告无法读取</translation>
  </message>
  <message>
   <source>the engine's store could not be written</source>
   <translation>引擎的存储无法写入</translation>
  </message>
  <message>
   <source>the extension amcheck is not installed there</source>
   <translation>那里没有安装扩展 amcheck</translation>
  </message>
  <message>
   <source>the host</source>
   <translation>主机</translation>
  </message>
  <message>
   <source>the host can't close the copy in</source>
   <translation>主机无法封闭副本</translation>
  </message>
  <message>
   <source>the host did not take the crontab</source>
   <translation>主机未接受 crontab</translation>
  </message>
  <message>
   <source>the host key of its host is not accepted yet</source>
   <translation>其主机的主机密钥尚未接受</translation>
  </message>
  <message>
   <source>the host's cron can't do this without the console</source>
   <translation>主机的 cron 离开控制台做不到这一点</translation>
  </message>
  <message>
   <source>the host's cron has another time zone than the policy</source>
   <translation>主机的 cron 与策略时区不同</translation>
  </message>
  <message>
   <source>the key file for its host is not there</source>
   <translation>其主机的密钥文件不存在</translation>
  </message>
  <message>
   <source>the last sealed fingerprint is not found in the restored books</source>
   <translation>在还原的账簿中找不到最后封存的指纹</translation>
  </message>
  <message>
   <source>the ledger has no column for it</source>
   <translation>账本没有对应的列</translation>
  </message>
  <message>
   <source>the ledger's columns have other types than its mapping says</source>
   <translation>账本的列类型与其映射不符</translation>
  </message>
  <message>
   <source>the medium is append-only: nothing on it can be taken away</source>
   <translation>介质仅可追加：其上任何内容都不能移除</translation>
  </message>
  <message>
   <source>the name of its host has no address</source>
   <translation>其主机名没有对应地址</translation>
  </message>
  <message>
   <source>the newest</source>
   <translation>最新备份</translation>
  </message>
  <message>
   <source>the one before had not ended</source>
   <translation>前一个尚未结束</translation>
  </message>
  <message>
   <source>the open copy {subject} is not there any more</source>
   <translation>已打开的副本 {subject} 已不存在</translation>
  </message>
  <message>
   <source>the password for its database is not known</source>
   <translation>其数据库的密码未知</translation>
  </message>
  <message>
   <source>the policy of {subject} can't be put in force</source>
   <translation>{subject} 的策略无法生效</translation>
  </message>
  <message>
   <source>the policy would keep nothing</source>
   <translation>策略会使任何备份都不保留</translation>
  </message>
  <message>
   <source>the range of time makes no sense</source>
   <translation>时间范围不合理</translation>
  </message>
  <message>
   <source>the receiver of WAL could not be started</source>
   <translation>WAL 接收程序无法启动</translation>
  </message>
  <message>
   <source>the recovery did not reach the end of the backup</source>
   <translation>恢复未到达备份末尾</translation>
  </message>
  <message>
   <source>the recovery ended before its target</source>
   <translation>恢复在到达目标之前结束</translation>
  </message>
  <message>
   <source>the recovery ended in failure</source>
   <translation>恢复以失败结束</translation>
  </message>
  <message>
   <source>the repository could not be reached</source>
   <translation>无法连接备份库</translation>
  </message>
  <message>
   <source>the repository holds no such timeline</source>
   <translation>备份库中没有该时间线</translation>
  </message>
  <message>
   <source>the repository is gone, only its second place is there</source>
   <translation>备份库已不在，只有其第二存放处存在</translation>
  </message>
  <message>
   <source>the repository itself is in trouble</source>
   <translation>备份库本身有问题</translation>
  </message>
  <message>
   <source>the repository's own record is damaged</source>
   <translation>备份库自身的记录已损坏</translation>
  </message>
  <message>
   <source>the repository's own record is missing</source>
   <translation>备份库自身的记录缺失</translation>
  </message>
  <message>
   <source>the restored books are not whole</source>
   <translation>还原的账簿不完整</translation>
  </message>
  <message>
   <source>the restored books could not be read</source>
   <translation>还原的账簿无法读取</translation>
  </message>
  <message>
   <source>the role may not read it</source>
   <translation>该角色不得读取</translation>
  </message>
  <message>
   <source>the second place holds no such backup</source>
   <translation>第二存放处没有该备份</translation>
  </message>
  <message>
   <source>the second place holds something else</source>
   <translation>第二存放处是其他内容</translation>
  </message>
  <message>
   <source>the server answered with an error</source>
   <translation>服务器以错误应答</translation>
  </message>
  <message>
   <source>the server has no WAL summaries from there on</source>
   <translation>服务器从那里起没有 WAL 摘要</translation>
  </message>
  <message>
   <source>the server on the copy could not be stopped</source>
   <translation>副本上的服务器无法停止</translation>
  </message>
  <message>
   <source>the server on the copy did not start</source>
   <translation>副本上的服务器没有启动</translation>
  </message>
  <message>
   <source>the server on the copy does not run</source>
   <translation>副本上的服务器未运行</translation>
  </message>
  <message>
   <source>the server read pages whose checksums are wrong</source>
   <translation>服务器读到了校验和错误的页</translation>
  </message>
  <message>
   <source>the server refuses the session</source>
   <translation>服务器拒绝会话</translation>
  </message>
  <message>
   <source>the server that it is taken from did not answer</source>
   <translation>作为来源的服务器没有应答</translation>
  </message>
  <message>
   <source>the session with the server ended</source>
   <translation>与服务器的会话已结束</translation>
  </message>
  <message>
   <source>the standby broke the question off to replay on</source>
   <translation>备库为继续重放而中断了查询</translation>
  </message>
  <message>
   <source>the standby is too far behind the backup that it would stand on</source>
   <translation>备库落后于它所要依赖的备份过多</translation>
  </message>
  <message>
   <source>the time names no zone</source>
   <translation>时间没有注明时区</translation>
  </message>
  <message>
   <source>there is no PostgreSQL node of that name</source>
   <translation>没有该名称的 PostgreSQL 节点</translation>
  </message>
  <message>
   <source>there is no backup of that name</source>
   <translation>没有该名称的备份</translation>
  </message>
  <message>
   <source>there is no backup yet</source>
   <translation>尚无备份</translation>
  </message>
  <message>
   <source>there is no crontab for the account that acts</source>
   <translation>执行操作的账号没有 crontab</translation>
  </message>
  <message>
   <source>there is no repository of that name</source>
   <translation>没有该名称的备份库</translation>
  </message>
  <message>
   <source>there is no space left</source>
   <translation>没有剩余空间</translation>
  </message>
  <message>
   <source>there is no such open copy</source>
   <translation>没有这个已打开的副本</translation>
  </message>
  <message>
   <source>there is no whole backup that it could stand on</source>
   <translation>没有可依赖的完好备份</translation>
  </message>
  <message>
   <source>this console's engine, while it runs</source>
   <translation>本控制台的引擎（运行期间）</translation>
  </message>
  <message>
   <source>this engine can't make that kind here</source>
   <translation>该引擎在此不能做这种备份</translation>
  </message>
  <message>
   <source>three copies</source>
   <translation>三份副本</translation>
  </message>
  <message>
   <source>tidies up</source>
   <translation>清理</translation>
  </message>
  <message>
   <source>to now</source>
   <translation>至今</translation>
  </message>
  <message>
   <source>took</source>
   <translation>用时</translation>
  </message>
  <message>
   <source>took {time}</source>
   <translation>用时 {time}</translation>
  </message>
  <message>
   <source>two media</source>
   <translation>两种介质</translation>
  </message>
  <message>
   <source>up to entry {n}</source>
   <translation>至分录 {n}</translation>
  </message>
  <message>
   <source>waits for a checkpoint</source>
   <translation>等待检查点</translation>
  </message>
  <message>
   <source>waits for its turn</source>
   <translation>等待轮到</translation>
  </message>
  <message>
   <source>waits for the last WAL</source>
   <translation>等待最后的 WAL</translation>
  </message>
  <message>
   <source>what it answered makes no sense</source>
   <translation>其应答不合理</translation>
  </message>
  <message>
   <source>what lies in the second place is damaged</source>
   <translation>第二存放处的内容已损坏</translation>
  </message>
  <message>
   <source>what the running backup stands on is not known</source>
   <translation>运行中的备份所依赖的内容未知</translation>
  </message>
  <message>
   <source>what the server answered makes no sense</source>
   <translation>服务器的应答不合理</translation>
  </message>
  <message>
   <source>what was copied is not whole</source>
   <translation>拷贝的内容不完整</translation>
  </message>
  <message>
   <source>what would go from {subject} has changed since it was shown</source>
   <translation>{subject} 中将移除的内容自显示后已变化</translation>
  </message>
  <message>
   <source>what would go has changed meanwhile</source>
   <translation>将移除的内容其间已变化</translation>
  </message>
  <message>
   <source>{act}: {reason}</source>
   <translation>{act}：{reason}</translation>
  </message>
  <message>
   <source>{backup}: {trouble}</source>
   <translation>{backup}：{trouble}</translation>
  </message>
  <message>
   <source>{begin} to now ({age} ago)</source>
   <translation>{begin} 至现在（{age} 前）</translation>
  </message>
  <message>
   <source>{begin} to {end}</source>
   <translation>{begin} 至 {end}</translation>
  </message>
  <message>
   <source>{bytes} kept</source>
   <translation>已存 {bytes}</translation>
  </message>
  <message>
   <source>{bytes} left</source>
   <translation>剩余 {bytes}</translation>
  </message>
  <message>
   <source>{chain}. Selected: {backup}</source>
   <translation>{chain}。已选：{backup}</translation>
  </message>
  <message>
   <source>{checks}: not checked</source>
   <translation>{checks}：未检查</translation>
  </message>
  <message>
   <source>{check}, {scope}</source>
   <translation>{check}，{scope}</translation>
  </message>
  <message>
   <source>{check}: not checked</source>
   <translation>{check}：未检查</translation>
  </message>
  <message>
   <source>{check}: {reason}</source>
   <translation>{check}：{reason}</translation>
  </message>
  <message>
   <source>{cluster} can go back to any moment since {since}</source>
   <translation>{cluster} 可还原到 {since} 以来的任意时刻</translation>
  </message>
  <message>
   <source>{cluster} can go back to any moment since {since}, save {length} {when}</source>
   <translation>{cluster} 可还原到 {since} 以来的任意时刻，{when} 有 {length} 除外</translation>
  </message>
  <message>
   <source>{cluster} can go back to any moment since {since}, save {n} stretches, {length} together</source>
   <translation>{cluster} 可还原到 {since} 以来的任意时刻，{n} 段除外，共 {length}</translation>
  </message>
  <message>
   <source>{cluster} can go back to moments from {since} to {end}, not later: no WAL came for {age}</source>
   <translation>{cluster} 可还原到 {since} 至 {end} 的时刻，不能更晚：已 {age} 没有 WAL 到达</translation>
  </message>
  <message>
   <source>{cluster} could go back to any moment since {since} when {name} was last read</source>
   <translation>上次读取 {name} 时，{cluster} 可还原到 {since} 以来的任意时刻</translation>
  </message>
  <message>
   <source>{cluster} has a backup, and what it can give back is not known yet</source>
   <translation>{cluster} 有一个备份，其可还原内容尚未知</translation>
  </message>
  <message>
   <source>{cluster} has backups, and none of them can be restored to a known moment</source>
   <translation>{cluster} 有备份，但没有一个能还原到已知时刻</translation>
  </message>
  <message>
   <source>{cluster} has no backup yet</source>
   <translation>{cluster} 尚无备份</translation>
  </message>
  <message>
   <source>{copy}, but its server has stopped</source>
   <translation>{copy}，但其服务器已停止</translation>
  </message>
  <message>
   <source>{copy}, last entry {n}</source>
   <translation>{copy}，最后分录 {n}</translation>
  </message>
  <message>
   <source>{day} {clock}</source>
   <translation>{day} {clock}</translation>
  </message>
  <message>
   <source>{day} {month}</source>
   <translation>{month} {day} 日</translation>
  </message>
  <message>
   <source>{day} {month} {year}</source>
   <translation>{year} 年 {month} {day} 日</translation>
  </message>
  <message>
   <source>{done} of {all}</source>
   <translation>{done} / {all}</translation>
  </message>
  <message>
   <source>{duration} ago</source>
   <translation>{duration} 前</translation>
  </message>
  <message>
   <source>{first} and {n} more up to {last}</source>
   <translation>{first} 至 {last}，其间另有 {n} 个</translation>
  </message>
  <message>
   <source>{kind} to {repository}</source>
   <translation>备份（{kind}）到 {repository}</translation>
  </message>
  <message>
   <source>{kind} to {repository} ({engine})</source>
   <translation>备份（{kind}）到 {repository}（{engine}）</translation>
  </message>
  <message>
   <source>{length} not restorable:</source>
   <translation>{length} 不可还原：</translation>
  </message>
  <message>
   <source>{month} {year}</source>
   <translation>{year} 年 {month}</translation>
  </message>
  <message>
   <source>{name} on {node}: {reason}</source>
   <translation>{name}（{node}）：{reason}</translation>
  </message>
  <message>
   <source>{name}: {reason}</source>
   <translation>{name}：{reason}</translation>
  </message>
  <message>
   <source>{node}, up to entry {n}</source>
   <translation>{node}，至分录 {n}</translation>
  </message>
  <message>
   <source>{n} %</source>
   <translation>{n}%</translation>
  </message>
  <message>
   <source>{n} % full</source>
   <translation>已用 {n}%</translation>
  </message>
  <message>
   <source>{n} WAL segments are damaged</source>
   <translation>{n} 个 WAL 段已损坏</translation>
  </message>
  <message>
   <source>{n} WAL segments are missing</source>
   <translation>缺少 {n} 个 WAL 段</translation>
  </message>
  <message>
   <source>{n} backups would go</source>
   <translation>将移除 {n} 个备份</translation>
  </message>
  <message>
   <source>{n} days</source>
   <translation>{n} 天</translation>
  </message>
  <message>
   <source>{n} full backups</source>
   <translation>{n} 个完整备份</translation>
  </message>
  <message>
   <source>{n} min</source>
   <translation>{n} 分钟</translation>
  </message>
  <message>
   <source>{n} of {all} files</source>
   <translation>{n} / {all} 个文件</translation>
  </message>
  <message>
   <source>{n} read</source>
   <translation>已读 {n} 个</translation>
  </message>
  <message>
   <source>{parent}, which is not there</source>
   <translation>{parent}（不存在）</translation>
  </message>
  <message>
   <source>{repository} ({engine})</source>
   <translation>{repository}（{engine}）</translation>
  </message>
  <message>
   <source>{said} ({detail})</source>
   <translation>{said}（{detail}）</translation>
  </message>
  <message>
   <source>{said} ({reason})</source>
   <translation>{said}（{reason}）</translation>
  </message>
  <message>
   <source>{said}, {bytes}</source>
   <translation>{said}，{bytes}</translation>
  </message>
  <message>
   <source>{said}.</source>
   <translation>{said}。</translation>
  </message>
  <message>
   <source>{said}; the restorable start moves to {at}</source>
   <translation>{said}；可还原起点移至 {at}</translation>
  </message>
  <message>
   <source>{size}, chain {whole}</source>
   <translation>{size}，链 {whole}</translation>
  </message>
  <message>
   <source>{subject} has ended already</source>
   <translation>{subject} 已结束</translation>
  </message>
  <message>
   <source>{subject} is no question about backups</source>
   <translation>{subject} 不是关于备份的问题</translation>
  </message>
  <message>
   <source>{subject}: {reason}</source>
   <translation>{subject}：{reason}</translation>
  </message>
  <message>
   <source>{time} left</source>
   <translation>剩余 {time}</translation>
  </message>
  <message>
   <source>{title} failed at {at}: {reason}</source>
   <translation>{title} 于 {at} 失败：{reason}</translation>
  </message>
  <message>
   <source>{title}, but no backup was ever restored on trial</source>
   <translation>{title}，但从未试还原过任何备份</translation>
  </message>
  <message>
   <source>{title}, but the {kind} backup of {at} failed a check</source>
   <translation>{title}，但 {at} 的备份（{kind}）有一项检查失败</translation>
  </message>
  <message>
   <source>{title}, save {length}</source>
   <translation>{title}，{length} 除外</translation>
  </message>
  <message>
   <source>{weekday} {clock}</source>
   <translation>{weekday} {clock}</translation>
  </message>
  <message>
   <source>{weekday} {day}</source>
   <translation>{weekday} {day} 日</translation>
  </message>
  <message>
   <source>{what} on {repository}</source>
   <translation>{what}（{repository}）</translation>
  </message>
  <message>
   <source>{why}, and {n} more</source>
   <translation>{why}，另有 {n} 项</translation>
  </message>
 </context>
 <context>
  <name>bar</name>
  <message>
   <source>, </source>
   <translation>，</translation>
  </message>
  <message>
   <source>1 alert</source>
   <translation>1 项告警</translation>
  </message>
  <message>
   <source>Acknowledge …</source>
   <translation>确认…</translation>
  </message>
  <message>
   <source>Nothing is watched yet.</source>
   <translation>尚未监视任何对象。</translation>
  </message>
  <message>
   <source>Nothing is wrong. 1 host asked each second, it answered.</source>
   <translation>一切正常。每秒询问 1 台主机，已应答。</translation>
  </message>
  <message>
   <source>Nothing is wrong. {n} hosts asked each second, all answered.</source>
   <translation>一切正常。每秒询问 {n} 台主机，全部应答。</translation>
  </message>
  <message>
   <source>Nothing is wrong. {n} hosts asked each second, {answered} answered.</source>
   <translation>一切正常。每秒询问 {n} 台主机，{answered} 台应答。</translation>
  </message>
  <message>
   <source>Plan running</source>
   <translation>计划运行中</translation>
  </message>
  <message>
   <source>Plan waits for approval</source>
   <translation>计划等待批准</translation>
  </message>
  <message>
   <source>Rehearsal running</source>
   <translation>演练运行中</translation>
  </message>
  <message>
   <source>Show</source>
   <translation>显示</translation>
  </message>
  <message>
   <source>Silence …</source>
   <translation>静默…</translation>
  </message>
  <message>
   <source>The engine is being asked …</source>
   <translation>正在询问引擎…</translation>
  </message>
  <message>
   <source>The plan asks</source>
   <translation>计划在询问</translation>
  </message>
  <message>
   <source>for {time}</source>
   <translation>已 {time}</translation>
  </message>
  <message>
   <source>silenced until {at}</source>
   <translation>静默至 {at}</translation>
  </message>
  <message>
   <source>somebody</source>
   <translation>某人</translation>
  </message>
  <message>
   <source>taken by {who}</source>
   <translation>由 {who} 接手</translation>
  </message>
  <message>
   <source>taken by {who} {at}</source>
   <translation>由 {who} 于 {at} 接手</translation>
  </message>
  <message>
   <source>{alerts}</source>
   <translation>{alerts}</translation>
  </message>
  <message>
   <source>{at}, for {duration}</source>
   <translation>{at}，已 {duration}</translation>
  </message>
  <message>
   <source>{n} alerts</source>
   <translation>{n} 项告警</translation>
  </message>
  <message>
   <source>{n} of {m}</source>
   <translation>{n} / {m}</translation>
  </message>
  <message>
   <source>{since}; {alerts}</source>
   <translation>{since}；{alerts}</translation>
  </message>
 </context>
 <context>
  <name>books</name>
  <message>
   <source>  It has no entry yet.</source>
   <translation>  尚无分录。</translation>
  </message>
  <message>
   <source>  Its last entry, as the fingerprint reads it:</source>
   <translation>  最后分录，按指纹读取的形式：</translation>
  </message>
  <message>
   <source>  can be checked: {claim}</source>
   <translation>  可检查：{claim}</translation>
  </message>
  <message>
   <source>  can't be checked: {claim} ({reason})</source>
   <translation>  无法检查：{claim}（{reason}）</translation>
  </message>
  <message>
   <source>  {origin}: entries from {first} to {last}</source>
   <translation>  {origin}：分录 {first} 至 {last}</translation>
  </message>
  <message>
   <source>; </source>
   <translation>；</translation>
  </message>
  <message>
   <source>FAILED</source>
   <translation>失败</translation>
  </message>
  <message>
   <source>Nothing of the books of {cluster} could be proven.</source>
   <translation>{cluster} 的账簿未能得到任何证明。</translation>
  </message>
  <message>
   <source>Sealed up to entry {last} on {node}, timeline {timeline}: {root}…</source>
   <translation>已封存至分录 {last}，{node}，时间线 {timeline}：{root}…</translation>
  </message>
  <message>
   <source>The books of {cluster} are NOT whole: {n} checks failed.</source>
   <translation>{cluster} 的账簿不完整：{n} 项检查失败。</translation>
  </message>
  <message>
   <source>The books of {cluster} are not proven: {nodes} could not be asked.</source>
   <translation>{cluster} 的账簿未证明：未能询问 {nodes}。</translation>
  </message>
  <message>
   <source>The books of {cluster} are whole, as far as they were checked.</source>
   <translation>{cluster} 的账簿在已检查范围内完整。</translation>
  </message>
  <message>
   <source>The mapping can't be used on {node}: {reason}</source>
   <translation>映射在 {node} 上无法使用：{reason}</translation>
  </message>
  <message>
   <source>The mapping reads a ledger on {node}.</source>
   <translation>映射可读取 {node} 上的账本。</translation>
  </message>
  <message>
   <source>a column is not there</source>
   <translation>有列不存在</translation>
  </message>
  <message>
   <source>a kept balance is not the sum of its postings</source>
   <translation>有留存余额不等于其分录行之和</translation>
  </message>
  <message>
   <source>a lock stood in the way</source>
   <translation>有锁阻挡</translation>
  </message>
  <message>
   <source>a number is below 1</source>
   <translation>有编号小于 1</translation>
  </message>
  <message>
   <source>a number is missing</source>
   <translation>缺少一个编号</translation>
  </message>
  <message>
   <source>a number is there twice</source>
   <translation>有编号重复</translation>
  </message>
  <message>
   <source>a posting has no entry</source>
   <translation>有分录行没有分录</translation>
  </message>
  <message>
   <source>a posting names an account that is not there</source>
   <translation>有分录行所指的账户不存在</translation>
  </message>
  <message>
   <source>a table is not there</source>
   <translation>有表不存在</translation>
  </message>
  <message>
   <source>all nodes hold the same books</source>
   <translation>所有节点的账簿相同</translation>
  </message>
  <message>
   <source>an amount is not above zero</source>
   <translation>有金额不大于零</translation>
  </message>
  <message>
   <source>an entry does not balance</source>
   <translation>有分录不平衡</translation>
  </message>
  <message>
   <source>an entry has no postings</source>
   <translation>有分录没有分录行</translation>
  </message>
  <message>
   <source>columns of different types are compared</source>
   <translation>比较的列类型不同</translation>
  </message>
  <message>
   <source>each entry balances per currency</source>
   <translation>每笔分录按币种平衡</translation>
  </message>
  <message>
   <source>entries {first} to {last}</source>
   <translation>分录 {first} 至 {last}</translation>
  </message>
  <message>
   <source>every amount is above zero</source>
   <translation>每笔金额都大于零</translation>
  </message>
  <message>
   <source>every seal is of a range that was left behind</source>
   <translation>所有封存都属于被遗留的区段</translation>
  </message>
  <message>
   <source>every seal lies above what was compared</source>
   <translation>所有封存都在比对范围之后</translation>
  </message>
  <message>
   <source>fingerprint {root}… of {entries}, {postings} postings</source>
   <translation>指纹 {root}…，{entries}，{postings} 条分录行</translation>
  </message>
  <message>
   <source>first at entry {n}</source>
   <translation>首见于分录 {n}</translation>
  </message>
  <message>
   <source>first in {range}</source>
   <translation>首见于 {range}</translation>
  </message>
  <message>
   <source>it is larger than its limit</source>
   <translation>超过大小限值</translation>
  </message>
  <message>
   <source>it is no primary</source>
   <translation>它不是主库</translation>
  </message>
  <message>
   <source>it took longer than its limit</source>
   <translation>超过了时限</translation>
  </message>
  <message>
   <source>its amounts are signed</source>
   <translation>其金额带正负号</translation>
  </message>
  <message>
   <source>its answer makes no sense</source>
   <translation>其应答不合理</translation>
  </message>
  <message>
   <source>its numbers may have gaps</source>
   <translation>其编号可以有缺口</translation>
  </message>
  <message>
   <source>kept balances equal the sums</source>
   <translation>留存余额等于合计</translation>
  </message>
  <message>
   <source>no currency</source>
   <translation>没有币种</translation>
  </message>
  <message>
   <source>no entries</source>
   <translation>没有分录</translation>
  </message>
  <message>
   <source>no entry is without postings</source>
   <translation>没有分录缺少分录行</translation>
  </message>
  <message>
   <source>no posting is without its entry</source>
   <translation>没有分录行缺少分录</translation>
  </message>
  <message>
   <source>no primary of {subject} is seen</source>
   <translation>看不到 {subject} 的主库</translation>
  </message>
  <message>
   <source>not all postings were counted</source>
   <translation>并非所有分录行都计入</translation>
  </message>
  <message>
   <source>not checked</source>
   <translation>未检查</translation>
  </message>
  <message>
   <source>nothing in this ledger tells which entries are settled</source>
   <translation>此账本中无从得知哪些分录已结算</translation>
  </message>
  <message>
   <source>nothing was sealed yet</source>
   <translation>尚未封存任何内容</translation>
  </message>
  <message>
   <source>only one node was asked or answered</source>
   <translation>只询问了一个节点，或只有一个节点应答</translation>
  </message>
  <message>
   <source>postings name existing accounts</source>
   <translation>分录行所指的账户都存在</translation>
  </message>
  <message>
   <source>primary</source>
   <translation>主库</translation>
  </message>
  <message>
   <source>proven</source>
   <translation>已证明</translation>
  </message>
  <message>
   <source>replay on the standby needed what was being read</source>
   <translation>备库重放需要正在读取的内容</translation>
  </message>
  <message>
   <source>sealed entries are gone</source>
   <translation>已封存的分录不存在了</translation>
  </message>
  <message>
   <source>sealed entries are not what they were</source>
   <translation>已封存的分录与原先不同</translation>
  </message>
  <message>
   <source>sealed entries are of a range that was left behind</source>
   <translation>已封存的分录属于被遗留的区段</translation>
  </message>
  <message>
   <source>sealed {at} UTC</source>
   <translation>封存于 {at} UTC</translation>
  </message>
  <message>
   <source>standby</source>
   <translation>备库</translation>
  </message>
  <message>
   <source>the book</source>
   <translation>账簿</translation>
  </message>
  <message>
   <source>the books on {subject} could not be sealed</source>
   <translation>{subject} 上的账簿未能封存</translation>
  </message>
  <message>
   <source>the engine has no store</source>
   <translation>引擎没有存储</translation>
  </message>
  <message>
   <source>the inventory names no ledger of {subject}</source>
   <translation>清单中没有 {subject} 的账本</translation>
  </message>
  <message>
   <source>the last sealed fingerprint is found again</source>
   <translation>最后封存的指纹再次找到</translation>
  </message>
  <message>
   <source>the mapping does not fit</source>
   <translation>映射不相符</translation>
  </message>
  <message>
   <source>the mapping names no accounts</source>
   <translation>映射没有指定账户</translation>
  </message>
  <message>
   <source>the mapping names no kept balances</source>
   <translation>映射没有指定留存余额</translation>
  </message>
  <message>
   <source>the nodes hold different books</source>
   <translation>各节点的账簿不同</translation>
  </message>
  <message>
   <source>the numbers have no gap</source>
   <translation>编号没有缺口</translation>
  </message>
  <message>
   <source>the role may not read it</source>
   <translation>该角色不得读取</translation>
  </message>
  <message>
   <source>the server refused the question</source>
   <translation>服务器拒绝了查询</translation>
  </message>
  <message>
   <source>the session with the server ended</source>
   <translation>与服务器的会话已结束</translation>
  </message>
  <message>
   <source>the sums differ</source>
   <translation>合计不同</translation>
  </message>
  <message>
   <source>the timeline's history can't be read</source>
   <translation>时间线的历史无法读取</translation>
  </message>
  <message>
   <source>this ledger does not promise it</source>
   <translation>此账本不作此承诺</translation>
  </message>
  <message>
   <source>{currency} debit {debit}, credit {credit}</source>
   <translation>{currency} 借方 {debit}，贷方 {credit}</translation>
  </message>
  <message>
   <source>{currency} {amount} on both sides</source>
   <translation>{currency} 借贷双方均为 {amount}</translation>
  </message>
  <message>
   <source>{node} ({role}): {outcome} in {seconds} s</source>
   <translation>{node}（{role}）：{outcome}，用时 {seconds} 秒</translation>
  </message>
  <message>
   <source>{node} differs from {other}</source>
   <translation>{node} 与 {other} 不同</translation>
  </message>
  <message>
   <source>{node}: not asked to the end: {reason}</source>
   <translation>{node}：未询问完毕：{reason}</translation>
  </message>
  <message>
   <source>{n} places</source>
   <translation>{n} 处</translation>
  </message>
  <message>
   <source>{outcome}: {claim}, {scope}</source>
   <translation>{outcome}：{claim}，{scope}</translation>
  </message>
  <message>
   <source>{range} were sealed at {at} UTC on timeline {timeline} and are of the range that was left behind.</source>
   <translation>{range} 于 {at} UTC 在时间线 {timeline} 上封存，属于被遗留的区段。</translation>
  </message>
  <message>
   <source>{scope} ({skipped} not recomputed)</source>
   <translation>{scope}（{skipped} 未重新计算）</translation>
  </message>
  <message>
   <source>{scope} of {origin}</source>
   <translation>{scope}（{origin}）</translation>
  </message>
  <message>
   <source>{text}: {why}.</source>
   <translation>{text}：{why}。</translation>
  </message>
  <message>
   <source>{text}; {sums}</source>
   <translation>{text}；{sums}</translation>
  </message>
 </context>
 <context>
  <name>charts</name>
  <message>
   <source>As picture (PNG) …</source>
   <translation>存为图片（PNG）…</translation>
  </message>
  <message>
   <source>As table (CSV) …</source>
   <translation>存为表格（CSV）…</translation>
  </message>
  <message>
   <source>At the cursor</source>
   <translation>光标处</translation>
  </message>
  <message>
   <source>Charts</source>
   <translation>图表</translation>
  </message>
  <message>
   <source>Charts. Arrow keys move the cursor, plus and minus zoom</source>
   <translation>图表。方向键移动光标，加号和减号缩放</translation>
  </message>
  <message>
   <source>Choose which charts are shown</source>
   <translation>选择显示哪些图表</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>导出</translation>
  </message>
  <message>
   <source>Export the shown charts</source>
   <translation>导出所显示的图表</translation>
  </message>
  <message>
   <source>Hold the time axis still (P)</source>
   <translation>固定时间轴（P）</translation>
  </message>
  <message>
   <source>MB</source>
   <translation>MB</translation>
  </message>
  <message>
   <source>MB/s</source>
   <translation>MB/s</translation>
  </message>
  <message>
   <source>Newest</source>
   <translation>最新</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>暂停</translation>
  </message>
  <message>
   <source>Show the last {range}</source>
   <translation>显示最近 {range}</translation>
  </message>
  <message>
   <source>Written to {path}</source>
   <translation>已写入 {path}</translation>
  </message>
  <message>
   <source>books: {what}</source>
   <translation>账簿：{what}</translation>
  </message>
  <message>
   <source>engine {what}</source>
   <translation>引擎：{what}</translation>
  </message>
  <message>
   <source>entries</source>
   <translation>分录</translation>
  </message>
  <message>
   <source>fault {what}</source>
   <translation>故障：{what}</translation>
  </message>
  <message>
   <source>limit {value}</source>
   <translation>限值 {value}</translation>
  </message>
  <message>
   <source>ms</source>
   <translation>毫秒</translation>
  </message>
  <message>
   <source>no readings have come yet</source>
   <translation>尚无读数</translation>
  </message>
  <message>
   <source>no readings, {time}</source>
   <translation>无读数，{time}</translation>
  </message>
  <message>
   <source>per second</source>
   <translation>每秒</translation>
  </message>
  <message>
   <source>s</source>
   <translation>秒</translation>
  </message>
  <message>
   <source>the picture could not be saved there</source>
   <translation>图片无法保存到那里</translation>
  </message>
  <message>
   <source>worst {n} of {all}</source>
   <translation>{all} 个中最差的 {n} 个</translation>
  </message>
  <message>
   <source>{at} {what}</source>
   <translation>{at} {what}</translation>
  </message>
  <message>
   <source>{first} to {last} UTC</source>
   <translation>{first} 至 {last} UTC</translation>
  </message>
  <message>
   <source>{name}, {unit}</source>
   <translation>{name}，{unit}</translation>
  </message>
  <message>
   <source>{node} {what}</source>
   <translation>{node} {what}</translation>
  </message>
  <message>
   <source>{n} days</source>
   <translation>{n} 天</translation>
  </message>
  <message>
   <source>{n} h</source>
   <translation>{n} 小时</translation>
  </message>
  <message>
   <source>{n} min</source>
   <translation>{n} 分钟</translation>
  </message>
  <message>
   <source>{path} could not be written: {reason}. Choose another place.</source>
   <translation>{path} 无法写入：{reason}。应选择另一个位置。</translation>
  </message>
  <message>
   <source>{range} to {end}</source>
   <translation>{range}，至 {end}</translation>
  </message>
  <message>
   <source>{title}, {at}: {values}</source>
   <translation>{title}，{at}：{values}</translation>
  </message>
  <message>
   <source>{title}: no readings</source>
   <translation>{title}：无读数</translation>
  </message>
  <message>
   <source>φ</source>
   <translation>φ</translation>
  </message>
 </context>
 <context>
  <name>check</name>
  <message>
   <source>; </source>
   <translation>；</translation>
  </message>
  <message>
   <source>A node that joins as a standby follows to the latest: choose that, or restore into a sandbox.</source>
   <translation>作为备库加入的节点会跟随到最新：选择最新，或还原到沙箱。</translation>
  </message>
  <message>
   <source>A person has decided what becomes of the entries beyond the fork.</source>
   <translation>已有人决定分叉点之后分录的处置。</translation>
  </message>
  <message>
   <source>A second primary</source>
   <translation>第二个主库</translation>
  </message>
  <message>
   <source>Answers over SSH</source>
   <translation>经 SSH 应答</translation>
  </message>
  <message>
   <source>Approve a maximum of entries that may be lost, with the plan.</source>
   <translation>随计划批准可丢失分录的最大数量。</translation>
  </message>
  <message>
   <source>Ask who stopped it, and why, before you start it.</source>
   <translation>启动之前，先问清是谁停止的、为什么。</translation>
  </message>
  <message>
   <source>Backup can be laid out</source>
   <translation>备份可以展开</translation>
  </message>
  <message>
   <source>Behind (flush)</source>
   <translation>落后（flush）</translation>
  </message>
  <message>
   <source>Bring a standby back, or lower the promise by name: else every commit would wait for ever.</source>
   <translation>恢复一个备库，或按名称降低承诺：否则每次提交都会一直等待。</translation>
  </message>
  <message>
   <source>Bring another of the synchronous standbys back, or approve a loss.</source>
   <translation>恢复另一个同步备库，或批准丢失。</translation>
  </message>
  <message>
   <source>Bring another of the synchronous standbys back, or approve the loss by its number.</source>
   <translation>恢复另一个同步备库，或按数目批准丢失。</translation>
  </message>
  <message>
   <source>Bring more nodes back within reach of SSH: a lock needs a majority of all of them.</source>
   <translation>使更多节点可经 SSH 连接：锁需要全部节点的多数。</translation>
  </message>
  <message>
   <source>Bring more nodes back, or go on by name without the majority.</source>
   <translation>恢复更多节点，或按名称在没有多数时继续。</translation>
  </message>
  <message>
   <source>Bring the followers back, or go on without them by name.</source>
   <translation>恢复跟随者，或按名称在没有它们时继续。</translation>
  </message>
  <message>
   <source>Bring the majority of the consensus group back.</source>
   <translation>恢复共识组的多数。</translation>
  </message>
  <message>
   <source>Bring the old primary's host back within reach of SSH.</source>
   <translation>使旧主库的主机可再经 SSH 连接。</translation>
  </message>
  <message>
   <source>Bring these history files into the repository first: the new timeline would take a number that is in use.</source>
   <translation>先将这些历史文件放入备份库：否则新时间线会占用正在使用的编号。</translation>
  </message>
  <message>
   <source>Bring {node} to the same version of PostgreSQL first.</source>
   <translation>先使 {node} 的 PostgreSQL 版本相同。</translation>
  </message>
  <message>
   <source>Can be stopped</source>
   <translation>可以停止</translation>
  </message>
  <message>
   <source>Candidate</source>
   <translation>候选</translation>
  </message>
  <message>
   <source>Chain of backups</source>
   <translation>备份链</translation>
  </message>
  <message>
   <source>Checksums or wal_log_hints</source>
   <translation>校验和或 wal_log_hints</translation>
  </message>
  <message>
   <source>Choose another moment, or a repository that holds this one.</source>
   <translation>选择另一个时刻，或包含此时刻的备份库。</translation>
  </message>
  <message>
   <source>Choose another target, or bring a standby back.</source>
   <translation>选择另一个目标，或恢复一个备库。</translation>
  </message>
  <message>
   <source>Choose another target, or mend what stands here.</source>
   <translation>选择另一个目标，或修复此处的问题。</translation>
  </message>
  <message>
   <source>Clock offset</source>
   <translation>时钟偏差</translation>
  </message>
  <message>
   <source>Commit level</source>
   <translation>提交级别</translation>
  </message>
  <message>
   <source>Commit or roll back the prepared transactions first.</source>
   <translation>先提交或回滚预备事务。</translation>
  </message>
  <message>
   <source>Commits at this level wait for no standby: what they acknowledge can be lost with the primary.</source>
   <translation>此级别的提交不等待任何备库：其确认的内容可能随主库丢失。</translation>
  </message>
  <message>
   <source>Configuration files</source>
   <translation>配置文件</translation>
  </message>
  <message>
   <source>Consensus group</source>
   <translation>共识组</translation>
  </message>
  <message>
   <source>Control file</source>
   <translation>控制文件</translation>
  </message>
  <message>
   <source>Disable on {node} what would start the server behind our back.</source>
   <translation>在 {node} 上禁用会在控制台之外启动服务器的程序。</translation>
  </message>
  <message>
   <source>Disk left</source>
   <translation>剩余磁盘</translation>
  </message>
  <message>
   <source>Entries that would be lost</source>
   <translation>将丢失的分录</translation>
  </message>
  <message>
   <source>Evidence of its death</source>
   <translation>失效的证据</translation>
  </message>
  <message>
   <source>Failover</source>
   <translation>故障切换</translation>
  </message>
  <message>
   <source>Followers</source>
   <translation>跟随者</translation>
  </message>
  <message>
   <source>For whom commits wait afterwards</source>
   <translation>之后提交等待谁</translation>
  </message>
  <message>
   <source>Free disk space on {node}.</source>
   <translation>在 {node} 上释放磁盘空间。</translation>
  </message>
  <message>
   <source>Free disk space on {node}: the old data is kept until the copy is proven.</source>
   <translation>在 {node} 上释放磁盘空间：旧数据保留到副本得到证明。</translation>
  </message>
  <message>
   <source>Go on with the replay on {node}: select pg_wal_replay_resume().</source>
   <translation>在 {node} 上继续重放：select pg_wal_replay_resume()。</translation>
  </message>
  <message>
   <source>Grant the console's role on {node} what is missing.</source>
   <translation>将缺少的权限授予控制台在 {node} 上的角色。</translation>
  </message>
  <message>
   <source>Grant the right to change these settings on {node}.</source>
   <translation>授予在 {node} 上更改这些设置的权限。</translation>
  </message>
  <message>
   <source>Grant the role {role} on {node} what is missing.</source>
   <translation>将缺少的权限授予 {node} 上的角色 {role}。</translation>
  </message>
  <message>
   <source>Hosts of the hooks</source>
   <translation>钩子的主机</translation>
  </message>
  <message>
   <source>Install PostgreSQL's own programs on {node}, of the server's version.</source>
   <translation>在 {node} 上安装与服务器版本相同的 PostgreSQL 自带程序。</translation>
  </message>
  <message>
   <source>Install these programs on {node}.</source>
   <translation>在 {node} 上安装这些程序。</translation>
  </message>
  <message>
   <source>It can't be rewound, so a new copy is made beside its old data.</source>
   <translation>无法回退（rewind），因此在其旧数据旁另建副本。</translation>
  </message>
  <message>
   <source>It can't be rewound. Rebuild {node} instead.</source>
   <translation>无法回退（rewind）。改为重建 {node}。</translation>
  </message>
  <message>
   <source>It can't be seen to be dead, so it is fenced before any promotion: choose the strongest way there is.</source>
   <translation>无法看出其已失效，因此在任何提升之前先隔离：选择现有的最强方式。</translation>
  </message>
  <message>
   <source>It is stopped for good first of all: until then both accept writes.</source>
   <translation>首先将其彻底停止：在此之前两者都接受写入。</translation>
  </message>
  <message>
   <source>Its control file can't be read: rebuild {node} by hand.</source>
   <translation>其控制文件无法读取：手动重建 {node}。</translation>
  </message>
  <message>
   <source>Its server answers. Look on the Cluster page what it says.</source>
   <translation>其服务器有应答。在“集群”页查看其说明。</translation>
  </message>
  <message>
   <source>Lay configuration files for {node} where its packages want them: the source's lie outside its data.</source>
   <translation>将 {node} 的配置文件放在其软件包要求的位置：来源的配置文件在数据目录之外。</translation>
  </message>
  <message>
   <source>Let the other console end its plan, or break its lock by name when the plan runs.</source>
   <translation>让另一个控制台结束其计划，或在计划运行时按名称打破其锁。</translation>
  </message>
  <message>
   <source>Let the other console end its plan, or break its lock by name.</source>
   <translation>让另一个控制台结束其计划，或按名称打破其锁。</translation>
  </message>
  <message>
   <source>Lock of the cluster</source>
   <translation>集群的锁</translation>
  </message>
  <message>
   <source>Logical slots</source>
   <translation>逻辑槽</translation>
  </message>
  <message>
   <source>Login for replication</source>
   <translation>复制登录</translation>
  </message>
  <message>
   <source>Longest open transaction</source>
   <translation>最长的未结束事务</translation>
  </message>
  <message>
   <source>Look at what lies where the data of {node} is to be, and clear it.</source>
   <translation>查看 {node} 数据将占用的位置有什么，并清空它。</translation>
  </message>
  <message>
   <source>Make room for slots on {node}: raise max_replication_slots and restart it.</source>
   <translation>在 {node} 上为槽留出余量：调高 max_replication_slots 并重启。</translation>
  </message>
  <message>
   <source>Make sure that {node} is the right machine, then accept it with 'inventory confirm'.</source>
   <translation>确认 {node} 是正确的机器，然后用“inventory confirm”接受它。</translation>
  </message>
  <message>
   <source>Mend SSH to the host of the hook, or take the hook out.</source>
   <translation>修复到钩子主机的 SSH，或去掉该钩子。</translation>
  </message>
  <message>
   <source>Mend SSH to {node}, then check again.</source>
   <translation>修复到 {node} 的 SSH，然后再次检查。</translation>
  </message>
  <message>
   <source>Mend SSH to {node}, then check again. The plan goes on without it.</source>
   <translation>修复到 {node} 的 SSH，然后再次检查。计划在没有它时继续。</translation>
  </message>
  <message>
   <source>Mend how the data of {node} is laid out: no copy can lie beside it.</source>
   <translation>调整 {node} 数据的布局：其旁边无法放置副本。</translation>
  </message>
  <message>
   <source>Mend the WAL archive of {node} first: a clean stop waits for it, and a hole would be left.</source>
   <translation>先修复 {node} 的 WAL 归档：干净停止会等待归档，且会留下缺口。</translation>
  </message>
  <message>
   <source>Mend the WAL archive of {node} first: a point in time could be lost.</source>
   <translation>先修复 {node} 的 WAL 归档：可能失去某个时间点。</translation>
  </message>
  <message>
   <source>Mend the login with which {node} follows: it could not stream with it.</source>
   <translation>修复 {node} 用来跟随的登录：用它无法进行流复制。</translation>
  </message>
  <message>
   <source>Mend the repository first: the Backups page says what is wrong.</source>
   <translation>先修复备份库：“备份”页说明了问题所在。</translation>
  </message>
  <message>
   <source>Moment to go back to</source>
   <translation>要还原到的时刻</translation>
  </message>
  <message>
   <source>Name a fencing command with one that reads the state back, or let a person vouch for it.</source>
   <translation>指定隔离命令及回读其状态的命令，或由人担保。</translation>
  </message>
  <message>
   <source>Name a login for replication: the others could not follow {node} without one.</source>
   <translation>指定用于复制的登录：没有它，其他节点无法跟随 {node}。</translation>
  </message>
  <message>
   <source>Name a repository in the cluster's policy of backups first.</source>
   <translation>先在集群的备份策略中指定备份库。</translation>
  </message>
  <message>
   <source>Name as typed</source>
   <translation>键入的名称</translation>
  </message>
  <message>
   <source>Name the node that was primary, or wait until it was seen once.</source>
   <translation>指定原来的主库节点，或等到见过它一次。</translation>
  </message>
  <message>
   <source>Name the programs and the data directory of {node} in the inventory.</source>
   <translation>在清单中指定 {node} 的程序和数据目录。</translation>
  </message>
  <message>
   <source>Name what may start the server on {node}, or disable it by hand.</source>
   <translation>指定 {node} 上可能启动服务器的程序，或手动禁用它。</translation>
  </message>
  <message>
   <source>Nodes that answer</source>
   <translation>有应答的节点</translation>
  </message>
  <message>
   <source>Overlap with the synchronous set</source>
   <translation>与同步集合的重叠</translation>
  </message>
  <message>
   <source>Place of the data</source>
   <translation>数据的位置</translation>
  </message>
  <message>
   <source>Point what follows {node} at another node first.</source>
   <translation>先让 {node} 的跟随者改为跟随另一个节点。</translation>
  </message>
  <message>
   <source>PostgreSQL versions</source>
   <translation>PostgreSQL 版本</translation>
  </message>
  <message>
   <source>PostgreSQL's programs</source>
   <translation>PostgreSQL 的程序</translation>
  </message>
  <message>
   <source>Prepared transactions</source>
   <translation>预备事务</translation>
  </message>
  <message>
   <source>Primary answers</source>
   <translation>主库有应答</translation>
  </message>
  <message>
   <source>Primary is gone</source>
   <translation>主库已不在</translation>
  </message>
  <message>
   <source>Programs and data directory</source>
   <translation>程序和数据目录</translation>
  </message>
  <message>
   <source>Programs that a change needs</source>
   <translation>更改所需的程序</translation>
  </message>
  <message>
   <source>Put {node} into the inventory first: inventory import.</source>
   <translation>先将 {node} 加入清单：inventory import。</translation>
  </message>
  <message>
   <source>Raise max_replication_slots on {node} and restart it.</source>
   <translation>在 {node} 上调高 max_replication_slots 并重启。</translation>
  </message>
  <message>
   <source>Raise max_wal_senders on {node} and restart it: a copy needs two.</source>
   <translation>在 {node} 上调高 max_wal_senders 并重启：拷贝需要两个。</translation>
  </message>
  <message>
   <source>Rebuild {node} instead of rewinding it.</source>
   <translation>重建 {node}，而不是回退（rewind）。</translation>
  </message>
  <message>
   <source>Rejoin</source>
   <translation>重新加入</translation>
  </message>
  <message>
   <source>Rejoin {node} as a standby instead: it must not write again.</source>
   <translation>改为将 {node} 作为备库重新加入：它不得再写入。</translation>
  </message>
  <message>
   <source>Rejoin {node} first, or choose another target.</source>
   <translation>先重新加入 {node}，或选择另一个目标。</translation>
  </message>
  <message>
   <source>Rejoin {node} first: it is on another branch of history.</source>
   <translation>先重新加入 {node}：它在另一条历史分支上。</translation>
  </message>
  <message>
   <source>Replay</source>
   <translation>重放</translation>
  </message>
  <message>
   <source>Repository</source>
   <translation>备份库</translation>
  </message>
  <message>
   <source>Rescue the WAL, choose another target, or approve the loss by its number.</source>
   <translation>抢救 WAL，选择另一个目标，或按数目批准丢失。</translation>
  </message>
  <message>
   <source>Restart</source>
   <translation>重启</translation>
  </message>
  <message>
   <source>Restore</source>
   <translation>还原</translation>
  </message>
  <message>
   <source>Rights</source>
   <translation>权限</translation>
  </message>
  <message>
   <source>Rights for a rewind</source>
   <translation>回退（rewind）的权限</translation>
  </message>
  <message>
   <source>Room for the copy</source>
   <translation>副本的空间</translation>
  </message>
  <message>
   <source>Running backup</source>
   <translation>运行中的备份</translation>
  </message>
  <message>
   <source>Same machine as before</source>
   <translation>与之前同一台机器</translation>
  </message>
  <message>
   <source>See on the Cluster page why {node} receives no WAL, and mend that first.</source>
   <translation>在“集群”页查看 {node} 为何收不到 WAL，先修复它。</translation>
  </message>
  <message>
   <source>Senders for a copy</source>
   <translation>拷贝所需的发送进程</translation>
  </message>
  <message>
   <source>Set the clock of {node}, by its time service.</source>
   <translation>用时间服务校准 {node} 的时钟。</translation>
  </message>
  <message>
   <source>Settings can be changed</source>
   <translation>设置可更改</translation>
  </message>
  <message>
   <source>Slots for the followers</source>
   <translation>跟随者的槽</translation>
  </message>
  <message>
   <source>Somebody stopped it: ask who, and restart it if it may be.</source>
   <translation>有人停止了它：问清是谁，如果允许则重启。</translation>
  </message>
  <message>
   <source>Streams</source>
   <translation>流复制</translation>
  </message>
  <message>
   <source>Switch full_page_writes on, or rebuild {node} instead.</source>
   <translation>打开 full_page_writes，或改为重建 {node}。</translation>
  </message>
  <message>
   <source>Switchover</source>
   <translation>计划切换</translation>
  </message>
  <message>
   <source>System identifier</source>
   <translation>系统标识符</translation>
  </message>
  <message>
   <source>The WAL that would prove it is gone: the books are compared instead.</source>
   <translation>能证明它的 WAL 已不在：改为比对账簿。</translation>
  </message>
  <message>
   <source>The evidence is too weak for a failover. Look at the host, or fence it by a way that is read back.</source>
   <translation>证据不足以故障切换。查看主机，或用可回读的方式隔离它。</translation>
  </message>
  <message>
   <source>The histories do not agree. Rebuild {node} instead of rewinding it.</source>
   <translation>历史不一致。重建 {node}，而不是回退（rewind）。</translation>
  </message>
  <message>
   <source>The primary answers: a switchover loses nothing.</source>
   <translation>主库有应答：计划切换不会丢失任何内容。</translation>
  </message>
  <message>
   <source>The primary does not answer: a failover is what is left.</source>
   <translation>主库没有应答：只剩故障切换。</translation>
  </message>
  <message>
   <source>The repository can't be read on {node}: mount its directory there under the same path, readable for the account that PostgreSQL runs as.</source>
   <translation>备份库在 {node} 上无法读取：在那里以相同路径挂载其目录，并使运行 PostgreSQL 的账号可读。</translation>
  </message>
  <message>
   <source>These logical slots do not move along: let their readers catch up, and create them anew afterwards.</source>
   <translation>这些逻辑槽不会一起迁移：先让其读取方追上，之后重新创建。</translation>
  </message>
  <message>
   <source>These slots would be lost: let their readers catch up first.</source>
   <translation>这些槽会丢失：先让其读取方追上。</translation>
  </message>
  <message>
   <source>Timeline</source>
   <translation>时间线</translation>
  </message>
  <message>
   <source>Timeline histories</source>
   <translation>时间线历史</translation>
  </message>
  <message>
   <source>Too few standbys would be left for the promise. Lower it by name, or bring one back first.</source>
   <translation>剩下的备库不足以兑现承诺。按名称降低承诺，或先恢复一个备库。</translation>
  </message>
  <message>
   <source>Type the cluster's name exactly as it stands here.</source>
   <translation>键入集群名称，与此处所示完全一致。</translation>
  </message>
  <message>
   <source>Upstream</source>
   <translation>上游</translation>
  </message>
  <message>
   <source>WAL archive</source>
   <translation>WAL 归档</translation>
  </message>
  <message>
   <source>WAL rescue</source>
   <translation>WAL 抢救</translation>
  </message>
  <message>
   <source>Wait</source>
   <translation>等待</translation>
  </message>
  <message>
   <source>Wait for it or end it: it would be broken off by the stop.</source>
   <translation>等它结束或终止它：停止会将其中断。</translation>
  </message>
  <message>
   <source>Wait for the backup to end, or cancel it: the stop breaks it off.</source>
   <translation>等备份结束，或取消它：停止会将其中断。</translation>
  </message>
  <message>
   <source>Wait for them or end them: the stop would break them off.</source>
   <translation>等它们结束或终止它们：停止会将其中断。</translation>
  </message>
  <message>
   <source>Wait until {node} has caught up, or choose another target.</source>
   <translation>等 {node} 追上，或选择另一个目标。</translation>
  </message>
  <message>
   <source>Wait until {node} has caught up: the WAL that it lacks may be gone, and it would have to be rebuilt.</source>
   <translation>等 {node} 追上：它缺少的 WAL 可能已不在，届时只能重建。</translation>
  </message>
  <message>
   <source>Way to fence it</source>
   <translation>隔离方式</translation>
  </message>
  <message>
   <source>Way to rejoin it</source>
   <translation>重新加入的方式</translation>
  </message>
  <message>
   <source>What would start it again</source>
   <translation>什么会重新启动它</translation>
  </message>
  <message>
   <source>Whose data lies there</source>
   <translation>那里是谁的数据</translation>
  </message>
  <message>
   <source>With one standby less every commit would wait: add one, or ask for fewer.</source>
   <translation>再少一个备库，每次提交都会等待：增加一个备库，或降低要求。</translation>
  </message>
  <message>
   <source>Write 'ANY 1', 'FIRST 1' or 'async', with the number you mean.</source>
   <translation>写作“ANY 1”、“FIRST 1”或“async”，数字按需填写。</translation>
  </message>
  <message>
   <source>a cascade: it follows a standby, not the primary</source>
   <translation>级联备库：它跟随备库，而不是主库</translation>
  </message>
  <message>
   <source>a person has to vouch that the old primary is off</source>
   <translation>须由人担保旧主库已关闭</translation>
  </message>
  <message>
   <source>another standby holds more</source>
   <translation>另一个备库持有更多</translation>
  </message>
  <message>
   <source>begun on the Backups page</source>
   <translation>在备份页面开始</translation>
  </message>
  <message>
   <source>both are alive, so nothing is lost</source>
   <translation>两者都在运行，因此不会丢失任何内容</translation>
  </message>
  <message>
   <source>by quorum</source>
   <translation>法定人数</translation>
  </message>
  <message>
   <source>by the operator's own command</source>
   <translation>运维人员自己的命令</translation>
  </message>
  <message>
   <source>full_page_writes</source>
   <translation>full_page_writes</translation>
  </message>
  <message>
   <source>it belongs to another cluster</source>
   <translation>它属于另一个集群</translation>
  </message>
  <message>
   <source>it costs time: nobody can write meanwhile</source>
   <translation>需要时间：其间无人能写入</translation>
  </message>
  <message>
   <source>it has left the primary's history, and is on a later timeline</source>
   <translation>它已离开主库的历史，处于更晚的时间线上</translation>
  </message>
  <message>
   <source>it is behind another candidate</source>
   <translation>它落后于另一个候选</translation>
  </message>
  <message>
   <source>it is fenced</source>
   <translation>它已被隔离</translation>
  </message>
  <message>
   <source>it is no standby</source>
   <translation>它不是备库</translation>
  </message>
  <message>
   <source>it is on another timeline</source>
   <translation>它在另一条时间线上</translation>
  </message>
  <message>
   <source>it is the primary</source>
   <translation>它是主库</translation>
  </message>
  <message>
   <source>it receives no WAL from the primary</source>
   <translation>它没有从主库收到 WAL</translation>
  </message>
  <message>
   <source>it replays with a delay on purpose</source>
   <translation>它有意延迟重放</translation>
  </message>
  <message>
   <source>it streams already</source>
   <translation>它已在流复制</translation>
  </message>
  <message>
   <source>its host does not answer</source>
   <translation>其主机没有应答</translation>
  </message>
  <message>
   <source>its processes are still there</source>
   <translation>其进程仍在</translation>
  </message>
  <message>
   <source>its processes can't be seen</source>
   <translation>看不到其进程</translation>
  </message>
  <message>
   <source>its replay is paused</source>
   <translation>其重放已暂停</translation>
  </message>
  <message>
   <source>its server does not answer</source>
   <translation>其服务器没有应答</translation>
  </message>
  <message>
   <source>its version does not fit</source>
   <translation>其版本不相符</translation>
  </message>
  <message>
   <source>more may have been written since its last reading</source>
   <translation>自上次读取后可能又有写入</translation>
  </message>
  <message>
   <source>no</source>
   <translation>否</translation>
  </message>
  <message>
   <source>no backup is known</source>
   <translation>没有已知的备份</translation>
  </message>
  <message>
   <source>no fencing command is named</source>
   <translation>没有指定隔离命令</translation>
  </message>
  <message>
   <source>no node is to be rejoined</source>
   <translation>没有要重新加入的节点</translation>
  </message>
  <message>
   <source>no primary is known</source>
   <translation>没有已知的主库</translation>
  </message>
  <message>
   <source>no server runs there</source>
   <translation>那里没有服务器在运行</translation>
  </message>
  <message>
   <source>no standby can be promoted</source>
   <translation>没有可提升的备库</translation>
  </message>
  <message>
   <source>none</source>
   <translation>无</translation>
  </message>
  <message>
   <source>not checked</source>
   <translation>未检查</translation>
  </message>
  <message>
   <source>not known</source>
   <translation>未知</translation>
  </message>
  <message>
   <source>nothing is wrong</source>
   <translation>没有异常</translation>
  </message>
  <message>
   <source>on a person's word</source>
   <translation>凭人的担保</translation>
  </message>
  <message>
   <source>over SSH</source>
   <translation>经 SSH</translation>
  </message>
  <message>
   <source>pass</source>
   <translation>通过</translation>
  </message>
  <message>
   <source>proven</source>
   <translation>已证明</translation>
  </message>
  <message>
   <source>refuse</source>
   <translation>拒绝</translation>
  </message>
  <message>
   <source>rights are missing there</source>
   <translation>那里缺少权限</translation>
  </message>
  <message>
   <source>several standbys bear one name of the synchronous list</source>
   <translation>同步列表中的一个名称被多个备库使用</translation>
  </message>
  <message>
   <source>somebody stopped it</source>
   <translation>有人停止了它</translation>
  </message>
  <message>
   <source>the books could not be read</source>
   <translation>账簿无法读取</translation>
  </message>
  <message>
   <source>the cluster's policy does not allow it</source>
   <translation>集群的策略不允许</translation>
  </message>
  <message>
   <source>the dead primary's WAL was read</source>
   <translation>已读取失效主库的 WAL</translation>
  </message>
  <message>
   <source>the host does not answer</source>
   <translation>主机没有应答</translation>
  </message>
  <message>
   <source>the inventory has no such node</source>
   <translation>清单中没有该节点</translation>
  </message>
  <message>
   <source>the list of synchronous standbys changed within the last minute</source>
   <translation>同步备库列表在最近一分钟内变更过</translation>
  </message>
  <message>
   <source>the list of synchronous standbys is not known</source>
   <translation>同步备库列表未知</translation>
  </message>
  <message>
   <source>the node</source>
   <translation>节点</translation>
  </message>
  <message>
   <source>the old primary is fenced by quorum</source>
   <translation>旧主库经法定人数隔离</translation>
  </message>
  <message>
   <source>the old primary is fenced by the operator's own command</source>
   <translation>旧主库经运维人员自己的命令隔离</translation>
  </message>
  <message>
   <source>the old primary is fenced over SSH</source>
   <translation>旧主库经 SSH 隔离</translation>
  </message>
  <message>
   <source>the primary is alive</source>
   <translation>主库仍在运行</translation>
  </message>
  <message>
   <source>the primary is gone</source>
   <translation>主库已不在</translation>
  </message>
  <message>
   <source>the primary's last reading is old</source>
   <translation>主库的上次读数已旧</translation>
  </message>
  <message>
   <source>too few of the synchronous standbys answer</source>
   <translation>有应答的同步备库过少</translation>
  </message>
  <message>
   <source>warn</source>
   <translation>警告</translation>
  </message>
  <message>
   <source>what was booked after the moment goes: counted when the copy stands, before anybody accepts it</source>
   <translation>该时刻之后记账的内容将失去：副本就绪时、任何人接受之前计数</translation>
  </message>
  <message>
   <source>where its data lies is not known</source>
   <translation>其数据所在位置未知</translation>
  </message>
  <message>
   <source>yes</source>
   <translation>是</translation>
  </message>
  <message>
   <source>{node} has no data and no settings of its own: choose a node that has, or make it a node first.</source>
   <translation>{node} 没有自己的数据和设置：选择有的节点，或先使其成为节点。</translation>
  </message>
  <message>
   <source>{node} holds more: choose it, or approve the greater loss.</source>
   <translation>{node} 持有更多：选择它，或批准更大的丢失量。</translation>
  </message>
  <message>
   <source>{node} is no copy of this cluster. Take it out of the inventory, or rebuild it from the primary.</source>
   <translation>{node} 不是此集群的副本。将其移出清单，或从主库重建。</translation>
  </message>
  <message>
   <source>{node} may hold the only copy of acknowledged entries. Export them, then decide: fork.</source>
   <translation>{node} 可能持有已确认分录的唯一副本。先导出，再决定：fork。</translation>
  </message>
  <message>
   <source>{n} entries</source>
   <translation>{n} 笔分录</translation>
  </message>
  <message>
   <source>{said}: {about}</source>
   <translation>{said}：{about}</translation>
  </message>
 </context>
 <context>
  <name>cluster</name>
  <message>
   <source>1 finding</source>
   <translation>1 项发现</translation>
  </message>
  <message>
   <source>1 note</source>
   <translation>1 条说明</translation>
  </message>
  <message>
   <source>Evidence</source>
   <translation>证据</translation>
  </message>
  <message>
   <source>If {node} died now:</source>
   <translation>如果 {node} 此刻失效：</translation>
  </message>
  <message>
   <source>No cluster is chosen. Choose one at the left to see who follows whom, and how it is.</source>
   <translation>未选择集群。在左侧选择一个，以查看谁跟随谁及其状态。</translation>
  </message>
  <message>
   <source>Show {findings} with evidence</source>
   <translation>显示 {findings} 及证据</translation>
  </message>
  <message>
   <source>The engine does not answer. This is its last picture, and it does not move.</source>
   <translation>引擎没有应答。这是其最后的画面，不再更新。</translation>
  </message>
  <message>
   <source>age</source>
   <translation>距今</translation>
  </message>
  <message>
   <source>limit</source>
   <translation>限值</translation>
  </message>
  <message>
   <source>observed</source>
   <translation>实测</translation>
  </message>
  <message>
   <source>source</source>
   <translation>来源</translation>
  </message>
  <message>
   <source>{condition}:</source>
   <translation>{condition}：</translation>
  </message>
  <message>
   <source>{n} findings</source>
   <translation>{n} 项发现</translation>
  </message>
  <message>
   <source>{n} notes</source>
   <translation>{n} 条说明</translation>
  </message>
 </context>
 <context>
  <name>copies</name>
  <message>
   <source>Access rules differ</source>
   <translation>访问规则不同</translation>
  </message>
  <message>
   <source>Access rules on {node} ({about}): {observed}, {wanted} elsewhere.</source>
   <translation>{node} 上的访问规则（{about}）：{observed}，别处为 {wanted}。</translation>
  </message>
  <message>
   <source>Asking how the copies compare …</source>
   <translation>正在询问副本的比对情况…</translation>
  </message>
  <message>
   <source>Books differ</source>
   <translation>账簿不同</translation>
  </message>
  <message>
   <source>Books not read</source>
   <translation>账簿未读取</translation>
  </message>
  <message>
   <source>Collation differs</source>
   <translation>排序规则不同</translation>
  </message>
  <message>
   <source>Collation {about} is version {observed} on {node}, and should be {wanted}: text indexes may be wrong.</source>
   <translation>排序规则 {about} 在 {node} 上为版本 {observed}，应为 {wanted}：文本索引可能有误。</translation>
  </message>
  <message>
   <source>Compare now</source>
   <translation>立即比对</translation>
  </message>
  <message>
   <source>Comparing …</source>
   <translation>正在比对…</translation>
  </message>
  <message>
   <source>Copies</source>
   <translation>副本</translation>
  </message>
  <message>
   <source>Copies of the books</source>
   <translation>账簿的副本</translation>
  </message>
  <message>
   <source>Could not be promoted</source>
   <translation>无法提升</translation>
  </message>
  <message>
   <source>Extension differs</source>
   <translation>扩展不同</translation>
  </message>
  <message>
   <source>Extension {about}: {observed} on {node}, {wanted} elsewhere.</source>
   <translation>扩展 {about}：{node} 上为 {observed}，别处为 {wanted}。</translation>
  </message>
  <message>
   <source>Group member behind</source>
   <translation>组成员落后</translation>
  </message>
  <message>
   <source>Group member differs</source>
   <translation>组成员不同</translation>
  </message>
  <message>
   <source>Group member raises an alarm</source>
   <translation>组成员报警</translation>
  </message>
  <message>
   <source>Group member silent</source>
   <translation>组成员无应答</translation>
  </message>
  <message>
   <source>Group member's clock apart</source>
   <translation>组成员时钟偏差</translation>
  </message>
  <message>
   <source>Setting differs</source>
   <translation>设置不同</translation>
  </message>
  <message>
   <source>The books of {node} could not be compared: {about}.</source>
   <translation>{node} 的账簿无法比对：{about}。</translation>
  </message>
  <message>
   <source>The books of {node} differ from the others' ({about}): {observed}, and {wanted} elsewhere.</source>
   <translation>{node} 的账簿与其他副本不同（{about}）：{observed}，别处为 {wanted}。</translation>
  </message>
  <message>
   <source>The clock of group member {node} is {observed} s from the others'; {wanted} s are the limit.</source>
   <translation>组成员 {node} 的时钟与其他成员相差 {observed} 秒；限值 {wanted} 秒。</translation>
  </message>
  <message>
   <source>The copies were never compared here. A comparison recomputes the books of each from its own rows, and looks at what would differ on the day of a failover.</source>
   <translation>此处的副本从未比对过。比对会按各副本自己的行重新计算其账簿，并查看故障切换当天会有哪些不同。</translation>
  </message>
  <message>
   <source>The group member {node} answers {about} {observed}, the others {wanted}.</source>
   <translation>组成员 {node} 对 {about} 的应答为 {observed}，其他成员为 {wanted}。</translation>
  </message>
  <message>
   <source>The group member {node} does not answer: {about}.</source>
   <translation>组成员 {node} 没有应答：{about}。</translation>
  </message>
  <message>
   <source>The group member {node} is behind ({about}): at {observed}, the group at {wanted}.</source>
   <translation>组成员 {node} 落后（{about}）：在 {observed}，组在 {wanted}。</translation>
  </message>
  <message>
   <source>The group member {node} raises the alarm {about}.</source>
   <translation>组成员 {node} 发出警报 {about}。</translation>
  </message>
  <message>
   <source>Too few synchronous copies</source>
   <translation>同步副本过少</translation>
  </message>
  <message>
   <source>Version differs</source>
   <translation>版本不同</translation>
  </message>
  <message>
   <source>a node</source>
   <translation>某个节点</translation>
  </message>
  <message>
   <source>access rules</source>
   <translation>访问规则</translation>
  </message>
  <message>
   <source>alarms of the consensus group</source>
   <translation>共识组的警报</translation>
  </message>
  <message>
   <source>and 1 more: 'copies CLUSTER' tells all</source>
   <translation>另有 1 项：“copies CLUSTER”列出全部</translation>
  </message>
  <message>
   <source>and {n} more: 'copies CLUSTER' tells all</source>
   <translation>另有 {n} 项：“copies CLUSTER”列出全部</translation>
  </message>
  <message>
   <source>collations</source>
   <translation>排序规则</translation>
  </message>
  <message>
   <source>extensions</source>
   <translation>扩展</translation>
  </message>
  <message>
   <source>hashes of the consensus group</source>
   <translation>共识组的哈希</translation>
  </message>
  <message>
   <source>it does not answer</source>
   <translation>它没有应答</translation>
  </message>
  <message>
   <source>it does not receive WAL</source>
   <translation>它没有收到 WAL</translation>
  </message>
  <message>
   <source>it follows another standby</source>
   <translation>它跟随另一个备库</translation>
  </message>
  <message>
   <source>it is no standby now</source>
   <translation>它现在不是备库</translation>
  </message>
  <message>
   <source>it is on another timeline</source>
   <translation>它在另一条时间线上</translation>
  </message>
  <message>
   <source>it lags too far behind</source>
   <translation>它落后过多</translation>
  </message>
  <message>
   <source>it replays with a delay on purpose</source>
   <translation>它有意延迟重放</translation>
  </message>
  <message>
   <source>it was not computed</source>
   <translation>未计算</translation>
  </message>
  <message>
   <source>its WAL has left the primary's history</source>
   <translation>其 WAL 已偏离主库的历史</translation>
  </message>
  <message>
   <source>its identity changed and was not confirmed</source>
   <translation>其身份已变更且未确认</translation>
  </message>
  <message>
   <source>its replay is paused</source>
   <translation>其重放已暂停</translation>
  </message>
  <message>
   <source>members of the consensus group</source>
   <translation>共识组的成员</translation>
  </message>
  <message>
   <source>no</source>
   <translation>否</translation>
  </message>
  <message>
   <source>no ledger is known here</source>
   <translation>这里没有已知的账本</translation>
  </message>
  <message>
   <source>not compared</source>
   <translation>未比对</translation>
  </message>
  <message>
   <source>nothing</source>
   <translation>无</translation>
  </message>
  <message>
   <source>nothing differs</source>
   <translation>没有不同</translation>
  </message>
  <message>
   <source>settings</source>
   <translation>设置</translation>
  </message>
  <message>
   <source>synchronous copies</source>
   <translation>同步副本</translation>
  </message>
  <message>
   <source>the books</source>
   <translation>账簿</translation>
  </message>
  <message>
   <source>the books, as no ledger is known here</source>
   <translation>账簿，因为这里没有已知的账本</translation>
  </message>
  <message>
   <source>the books, as only one copy answered</source>
   <translation>账簿，因为只有一个副本应答</translation>
  </message>
  <message>
   <source>the inventory does not let it be promoted</source>
   <translation>清单不允许提升它</translation>
  </message>
  <message>
   <source>there is no other copy to compare it with</source>
   <translation>没有可与之比对的其他副本</translation>
  </message>
  <message>
   <source>up to entry {top}</source>
   <translation>至分录 {top}</translation>
  </message>
  <message>
   <source>whether standbys could be promoted</source>
   <translation>备库能否提升</translation>
  </message>
  <message>
   <source>who the primary is</source>
   <translation>谁是主库</translation>
  </message>
  <message>
   <source>yes</source>
   <translation>是</translation>
  </message>
  <message>
   <source>{about} is {observed} on {node}, and should be {wanted}.</source>
   <translation>{about} 在 {node} 上为 {observed}，应为 {wanted}。</translation>
  </message>
  <message>
   <source>{node} could not be promoted now: {about}.</source>
   <translation>{node} 现在无法提升：{about}。</translation>
  </message>
  <message>
   <source>{node} runs {about} {observed}, the primary {wanted}.</source>
   <translation>{node} 运行 {about} {observed}，主库为 {wanted}。</translation>
  </message>
  <message>
   <source>{node}, origin {origin}</source>
   <translation>{node}，来源 {origin}</translation>
  </message>
  <message>
   <source>{node}: not compared, {why}</source>
   <translation>{node}：未比对，{why}</translation>
  </message>
  <message>
   <source>{node}: {blocks} up to entry {top}, other than elsewhere, root {root}</source>
   <translation>{node}：{blocks}，至分录 {top}，与别处不同，根 {root}</translation>
  </message>
  <message>
   <source>{node}: {blocks} up to entry {top}, root {root}</source>
   <translation>{node}：{blocks}，至分录 {top}，根 {root}</translation>
  </message>
  <message>
   <source>{n} block</source>
   <translation>{n} 个块</translation>
  </message>
  <message>
   <source>{n} blocks</source>
   <translation>{n} 个块</translation>
  </message>
  <message>
   <source>{n} finding</source>
   <translation>{n} 项发现</translation>
  </message>
  <message>
   <source>{n} findings</source>
   <translation>{n} 项发现</translation>
  </message>
  <message>
   <source>{observed} synchronous copies confirm commits of {node}; {wanted} are wanted.</source>
   <translation>{observed} 个同步副本确认 {node} 的提交；需要 {wanted} 个。</translation>
  </message>
  <message>
   <source>{proven} of {n} copies proven the same</source>
   <translation>{n} 个副本中 {proven} 个已证明相同</translation>
  </message>
  <message>
   <source>{proven} of {n} copy proven the same</source>
   <translation>{n} 个副本中 {proven} 个已证明相同</translation>
  </message>
  <message>
   <source>{said} up to entry {entry}</source>
   <translation>{said}，至分录 {entry}</translation>
  </message>
  <message>
   <source>{said}; compared {ago} ago</source>
   <translation>{said}；{ago} 前比对</translation>
  </message>
  <message>
   <source>{said}; not checked: {what}</source>
   <translation>{said}；未检查：{what}</translation>
  </message>
 </context>
 <context>
  <name>cron</name>
  <message>
   <source>, </source>
   <translation>、</translation>
  </message>
  <message>
   <source>April</source>
   <translation>4 月</translation>
  </message>
  <message>
   <source>August</source>
   <translation>8 月</translation>
  </message>
  <message>
   <source>Day of the month</source>
   <translation>日</translation>
  </message>
  <message>
   <source>Day of the week</source>
   <translation>星期</translation>
  </message>
  <message>
   <source>December</source>
   <translation>12 月</translation>
  </message>
  <message>
   <source>February</source>
   <translation>2 月</translation>
  </message>
  <message>
   <source>Five fields are wanted: minute, hour, day of the month, month, day of the week.</source>
   <translation>须有五个字段：分钟、小时、日、月、星期。</translation>
  </message>
  <message>
   <source>Friday</source>
   <translation>周五</translation>
  </message>
  <message>
   <source>Hour</source>
   <translation>小时</translation>
  </message>
  <message>
   <source>January</source>
   <translation>1 月</translation>
  </message>
  <message>
   <source>July</source>
   <translation>7 月</translation>
  </message>
  <message>
   <source>June</source>
   <translation>6 月</translation>
  </message>
  <message>
   <source>March</source>
   <translation>3 月</translation>
  </message>
  <message>
   <source>May</source>
   <translation>5 月</translation>
  </message>
  <message>
   <source>Minute</source>
   <translation>分钟</translation>
  </message>
  <message>
   <source>Monday</source>
   <translation>周一</translation>
  </message>
  <message>
   <source>Month</source>
   <translation>月</translation>
  </message>
  <message>
   <source>November</source>
   <translation>11 月</translation>
  </message>
  <message>
   <source>October</source>
   <translation>10 月</translation>
  </message>
  <message>
   <source>Saturday</source>
   <translation>周六</translation>
  </message>
  <message>
   <source>September</source>
   <translation>9 月</translation>
  </message>
  <message>
   <source>Sunday</source>
   <translation>周日</translation>
  </message>
  <message>
   <source>The expression</source>
   <translation>表达式</translation>
  </message>
  <message>
   <source>There is no time zone '{value}': name one as 'Europe/Berlin' or 'UTC'.</source>
   <translation>没有时区“{value}”：写作“Europe/Berlin”或“UTC”。</translation>
  </message>
  <message>
   <source>Thursday</source>
   <translation>周四</translation>
  </message>
  <message>
   <source>Tuesday</source>
   <translation>周二</translation>
  </message>
  <message>
   <source>Wednesday</source>
   <translation>周三</translation>
  </message>
  <message>
   <source>each hour at {minutes}</source>
   <translation>每小时的 {minutes}</translation>
  </message>
  <message>
   <source>every day</source>
   <translation>每天</translation>
  </message>
  <message>
   <source>every minute</source>
   <translation>每分钟</translation>
  </message>
  <message>
   <source>every {days}</source>
   <translation>每{days}</translation>
  </message>
  <message>
   <source>every {n} hours at {minutes}</source>
   <translation>每 {n} 小时的 {minutes}</translation>
  </message>
  <message>
   <source>every {n} minutes</source>
   <translation>每 {n} 分钟</translation>
  </message>
  <message>
   <source>has a step that is none</source>
   <translation>的步长无效</translation>
  </message>
  <message>
   <source>has a step, and no range to step through</source>
   <translation>有步长，但没有可步进的范围</translation>
  </message>
  <message>
   <source>is empty</source>
   <translation>为空</translation>
  </message>
  <message>
   <source>is no number</source>
   <translation>不是数字</translation>
  </message>
  <message>
   <source>is not known here</source>
   <translation>在此未知</translation>
  </message>
  <message>
   <source>is out of its range</source>
   <translation>超出范围</translation>
  </message>
  <message>
   <source>is too long</source>
   <translation>过长</translation>
  </message>
  <message>
   <source>never comes in those months</source>
   <translation>在这些月份中不存在</translation>
  </message>
  <message>
   <source>on day {days} of the month</source>
   <translation>每月 {days} 日</translation>
  </message>
  <message>
   <source>runs backwards</source>
   <translation>起止颠倒</translation>
  </message>
  <message>
   <source>{days} at {times}</source>
   <translation>{days} {times}</translation>
  </message>
  <message>
   <source>{days} in {months}</source>
   <translation>{days}（限 {months}）</translation>
  </message>
  <message>
   <source>{field}: '{value}' {reason}.</source>
   <translation>{field}：“{value}”{reason}。</translation>
  </message>
  <message>
   <source>{first} to {last}</source>
   <translation>{first}至{last}</translation>
  </message>
  <message>
   <source>{first} … {last} ({n})</source>
   <translation>{first} … {last}（{n}）</translation>
  </message>
  <message>
   <source>{first}, {second} and {n} more times</source>
   <translation>{first}、{second} 及另外 {n} 个时刻</translation>
  </message>
  <message>
   <source>{n} days a week</source>
   <translation>每周 {n} 天</translation>
  </message>
  <message>
   <source>{week}, and {days},</source>
   <translation>{week}和{days}</translation>
  </message>
  <message>
   <source>{week}, if it is {days}</source>
   <translation>{week}，且须为{days}</translation>
  </message>
 </context>
 <context>
  <name>drawer</name>
  <message>
   <source> on {node}</source>
   <translation>（{node}）</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Close the identity card</source>
   <translation>关闭身份卡</translation>
  </message>
  <message>
   <source>Copied {n} values.</source>
   <translation>已复制 {n} 个值。</translation>
  </message>
  <message>
   <source>Copy values</source>
   <translation>复制值</translation>
  </message>
  <message>
   <source>Figure</source>
   <translation>数值</translation>
  </message>
  <message>
   <source>Figures with source and age</source>
   <translation>带来源和时效的数值</translation>
  </message>
  <message>
   <source>Identity</source>
   <translation>身份</translation>
  </message>
  <message>
   <source>Sources disagree on '{what}': {one}, {other}.</source>
   <translation>各来源对“{what}”不一致：{one}，{other}。</translation>
  </message>
  <message>
   <source>age</source>
   <translation>距今</translation>
  </message>
  <message>
   <source>console</source>
   <translation>控制台</translation>
  </message>
  <message>
   <source>old,</source>
   <translation>旧，</translation>
  </message>
  <message>
   <source>source</source>
   <translation>来源</translation>
  </message>
  <message>
   <source>value</source>
   <translation>值</translation>
  </message>
  <message>
   <source>{name} ({about})</source>
   <translation>{name}（{about}）</translation>
  </message>
  <message>
   <source>{name}: {source}</source>
   <translation>{name}：{source}</translation>
  </message>
  <message>
   <source>{node} of {cluster}, {at} UTC</source>
   <translation>{cluster} 的 {node}，{at} UTC</translation>
  </message>
  <message>
   <source>{source} says {value} ({age} ago)</source>
   <translation>{source} 为 {value}（{age} 前）</translation>
  </message>
  <message>
   <source>{source}{where}, {at} UTC</source>
   <translation>{source}{where}，{at} UTC</translation>
  </message>
 </context>
 <context>
  <name>drill</name>
  <message>
   <source>A harmless fault is made, and the time to verdict and alert is taken.</source>
   <translation>制造一个无害的故障，测量到判定和告警所用的时间。</translation>
  </message>
  <message>
   <source>A standby lets go of its upstream for a while, with your consent, and never below the synchronous ones that commits wait for. The host itself sets it back after a limit if the console is gone.</source>
   <translation>经你同意，一个备库与其上游断开一段时间，且绝不低于提交所等待的同步备库数。如果控制台不在了，到时限后由主机自行复原。</translation>
  </message>
  <message>
   <source>A throw-away PostgreSQL on the backup host, watched over the same path as a real one, has its postmaster killed. It has to be named within 1.5 s; then all of it is taken away.</source>
   <translation>备份主机上一个临时 PostgreSQL，与真实服务器走相同路径监视，其 postmaster 被终止。须在 1.5 秒内指明；之后全部清除。</translation>
  </message>
  <message>
   <source>Asking for the drills of this cluster …</source>
   <translation>正在询问此集群的演习…</translation>
  </message>
  <message>
   <source>Automatic recovery is held while it lasts, and says so in its guards.</source>
   <translation>演习期间自动恢复暂停，并在其防护条件中说明。</translation>
  </message>
  <message>
   <source>Begin the drill</source>
   <translation>开始演习</translation>
  </message>
  <message>
   <source>Beginning …</source>
   <translation>正在开始…</translation>
  </message>
  <message>
   <source>Detector rehearsal</source>
   <translation>检测器演练</translation>
  </message>
  <message>
   <source>Drill on {cluster}</source>
   <translation>{cluster} 的演习</translation>
  </message>
  <message>
   <source>Drill under way</source>
   <translation>演习进行中</translation>
  </message>
  <message>
   <source>Fault</source>
   <translation>故障</translation>
  </message>
  <message>
   <source>Fault to alert</source>
   <translation>故障至告警</translation>
  </message>
  <message>
   <source>Fault to proof of death</source>
   <translation>故障至失效证明</translation>
  </message>
  <message>
   <source>Fault to suspicion</source>
   <translation>故障至怀疑</translation>
  </message>
  <message>
   <source>Fault to verdict</source>
   <translation>故障至判定</translation>
  </message>
  <message>
   <source>Its fault is undone first, and that is proven; then it ends as stopped.</source>
   <translation>先撤销其故障并加以证明；然后以已停止结束。</translation>
  </message>
  <message>
   <source>Its plan stops after the step that runs, and asks on the Recovery page.</source>
   <translation>其计划在当前步骤之后停止，并在“恢复”页询问。</translation>
  </message>
  <message>
   <source>Last drill {ago} ago: {what}</source>
   <translation>上次演习于 {ago} 前：{what}</translation>
  </message>
  <message>
   <source>Leave, nothing was begun</source>
   <translation>离开，未开始任何操作</translation>
  </message>
  <message>
   <source>Measured against what was promised</source>
   <translation>实测与承诺对比</translation>
  </message>
  <message>
   <source>No cluster is chosen. Choose one at the left to see its duties and its drills.</source>
   <translation>未选择集群。在左侧选择一个，以查看其例行任务和演习。</translation>
  </message>
  <message>
   <source>No node here is one that this fault can be made on</source>
   <translation>这里没有可制造此故障的节点</translation>
  </message>
  <message>
   <source>Node</source>
   <translation>节点</translation>
  </message>
  <message>
   <source>Nodes change. Type {name} to begin.</source>
   <translation>节点会被改动。键入 {name} 以开始。</translation>
  </message>
  <message>
   <source>Not begun. {missing}.</source>
   <translation>未开始。{missing}。</translation>
  </message>
  <message>
   <source>Nothing was rehearsed here yet. A rehearsal of the detector touches no server and shows how long it takes from a fault to its verdict and its alert.</source>
   <translation>这里尚未演练过。检测器演练不接触任何服务器，显示从故障到判定和告警需要多久。</translation>
  </message>
  <message>
   <source>Patroni leads this cluster and would set it back at once</source>
   <translation>此集群由 Patroni 主导，会立即将其复原</translation>
  </message>
  <message>
   <source>Proven in</source>
   <translation>证明用时</translation>
  </message>
  <message>
   <source>Reading the duties and drills of {cluster} …</source>
   <translation>正在读取 {cluster} 的例行任务和演习…</translation>
  </message>
  <message>
   <source>Record</source>
   <translation>记录</translation>
  </message>
  <message>
   <source>Record of drills</source>
   <translation>演习记录</translation>
  </message>
  <message>
   <source>Rehearsed by itself: {pace}</source>
   <translation>自动演练：{pace}</translation>
  </message>
  <message>
   <source>Restore drill</source>
   <translation>还原演习</translation>
  </message>
  <message>
   <source>Restored in</source>
   <translation>还原用时</translation>
  </message>
  <message>
   <source>Start a drill …</source>
   <translation>开始演习…</translation>
  </message>
  <message>
   <source>Stop the drill</source>
   <translation>停止演习</translation>
  </message>
  <message>
   <source>Stopping …</source>
   <translation>正在停止…</translation>
  </message>
  <message>
   <source>Switchover drill</source>
   <translation>计划切换演习</translation>
  </message>
  <message>
   <source>The console's own connection to one node is closed and held. The node goes on undisturbed; it has to be called cut off from here, and never dead.</source>
   <translation>关闭并保持断开控制台自身到一个节点的连接。节点不受影响地继续运行；须判定为从此处无法连接，绝不能判定为失效。</translation>
  </message>
  <message>
   <source>The console's own heartbeat writer writes nothing for a while. No server is touched: only our own row stands still, and the watch has to notice it.</source>
   <translation>控制台自身的心跳写入器暂停写入一段时间。不接触任何服务器：只有我们自己的行停止更新，监视须察觉。</translation>
  </message>
  <message>
   <source>The engine does not answer. Whether it was begun is told once it does.</source>
   <translation>引擎没有应答。是否已开始，应答后会说明。</translation>
  </message>
  <message>
   <source>The engine does not answer: this is its last picture. Nothing can be begun.</source>
   <translation>引擎没有应答：这是其最后的画面。无法开始任何操作。</translation>
  </message>
  <message>
   <source>The name is not right yet</source>
   <translation>名称尚不正确</translation>
  </message>
  <message>
   <source>The name of the cluster, {name}</source>
   <translation>集群名称，{name}</translation>
  </message>
  <message>
   <source>The newest backup is restored into a sandbox and proven. No node is touched.</source>
   <translation>将最新备份还原到沙箱并加以证明。不接触任何节点。</translation>
  </message>
  <message>
   <source>The primary hands over to a standby and back. Writes stop twice, for about a second each.</source>
   <translation>主库移交给一个备库，再移交回来。写入停止两次，每次约一秒。</translation>
  </message>
  <message>
   <source>The sandbox is taken down. Nothing of the cluster was touched.</source>
   <translation>沙箱已清除。集群未被改动。</translation>
  </message>
  <message>
   <source>Type {name} first</source>
   <translation>先键入 {name}</translation>
  </message>
  <message>
   <source>Undone until well again</source>
   <translation>撤销至恢复正常</translation>
  </message>
  <message>
   <source>What is rehearsed</source>
   <translation>演练内容</translation>
  </message>
  <message>
   <source>Which fault is made</source>
   <translation>制造哪种故障</translation>
  </message>
  <message>
   <source>Write gap back</source>
   <translation>回程写入间隔</translation>
  </message>
  <message>
   <source>Write gap there</source>
   <translation>去程写入间隔</translation>
  </message>
  <message>
   <source>a detector rehearsal needs a fault</source>
   <translation>检测器演练须指定故障</translation>
  </message>
  <message>
   <source>a mistake of the console's, with its traceback in the engine's log</source>
   <translation>控制台自身的错误，回溯信息见引擎日志</translation>
  </message>
  <message>
   <source>a person stopped it; its fault is undone</source>
   <translation>有人停止了它；其故障已撤销</translation>
  </message>
  <message>
   <source>a plan of this cluster runs or asks a person</source>
   <translation>此集群的一个计划正在运行或正在询问</translation>
  </message>
  <message>
   <source>a standby's stream is cut</source>
   <translation>切断一个备库的流复制</translation>
  </message>
  <message>
   <source>a throw-away server is killed</source>
   <translation>终止一个临时服务器</translation>
  </message>
  <message>
   <source>another drill of this cluster runs</source>
   <translation>此集群的另一个演习正在运行</translation>
  </message>
  <message>
   <source>began (UTC)</source>
   <translation>开始（UTC）</translation>
  </message>
  <message>
   <source>by</source>
   <translation>执行者</translation>
  </message>
  <message>
   <source>by itself</source>
   <translation>自动</translation>
  </message>
  <message>
   <source>drill</source>
   <translation>演习</translation>
  </message>
  <message>
   <source>ended</source>
   <translation>结束</translation>
  </message>
  <message>
   <source>every day</source>
   <translation>每天</translation>
  </message>
  <message>
   <source>every {n} days</source>
   <translation>每 {n} 天</translation>
  </message>
  <message>
   <source>every {time}</source>
   <translation>每 {time}</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>失败</translation>
  </message>
  <message>
   <source>for {time}</source>
   <translation>已 {time}</translation>
  </message>
  <message>
   <source>it changes nodes: the cluster's name has to be typed</source>
   <translation>它会改动节点：须键入集群名称</translation>
  </message>
  <message>
   <source>it has ended already</source>
   <translation>已结束</translation>
  </message>
  <message>
   <source>it is not watched yet</source>
   <translation>尚未监视</translation>
  </message>
  <message>
   <source>it took longer than promised</source>
   <translation>用时超过承诺</translation>
  </message>
  <message>
   <source>it was named later than promised</source>
   <translation>指明晚于承诺</translation>
  </message>
  <message>
   <source>it was not well again within the limit</source>
   <translation>在限值内未恢复正常</translation>
  </message>
  <message>
   <source>kept</source>
   <translation>已兑现</translation>
  </message>
  <message>
   <source>measured</source>
   <translation>实测</translation>
  </message>
  <message>
   <source>never</source>
   <translation>从不</translation>
  </message>
  <message>
   <source>never came</source>
   <translation>从未出现</translation>
  </message>
  <message>
   <source>no alert came within the limit</source>
   <translation>在限值内没有告警</translation>
  </message>
  <message>
   <source>no heartbeat is written there: the role may not, or has no table</source>
   <translation>那里没有写入心跳：角色无权写入，或没有表</translation>
  </message>
  <message>
   <source>no initdb was found there</source>
   <translation>那里没有找到 initdb</translation>
  </message>
  <message>
   <source>no standby can be spared: too few would be left for synchronous commit</source>
   <translation>没有可腾出的备库：剩下的不足以同步提交</translation>
  </message>
  <message>
   <source>not here: no node that it could be made on</source>
   <translation>不适用于此：没有可制造它的节点</translation>
  </message>
  <message>
   <source>nothing was kept of how {node} follows, so it could not be undone</source>
   <translation>没有留存 {node} 如何跟随的信息，因此无法撤销</translation>
  </message>
  <message>
   <source>only a detector rehearsal has a fault</source>
   <translation>只有检测器演练有故障</translation>
  </message>
  <message>
   <source>our own probe channel is cut</source>
   <translation>切断我们自己的探测通道</translation>
  </message>
  <message>
   <source>passed</source>
   <translation>通过</translation>
  </message>
  <message>
   <source>promised {limit}</source>
   <translation>承诺 {limit}</translation>
  </message>
  <message>
   <source>refused</source>
   <translation>被拒绝</translation>
  </message>
  <message>
   <source>something else went wrong meanwhile, so it was broken off and undone</source>
   <translation>其间另有异常，因此已中断并撤销</translation>
  </message>
  <message>
   <source>stopped</source>
   <translation>已停止</translation>
  </message>
  <message>
   <source>that time is not possible</source>
   <translation>该时间不可行</translation>
  </message>
  <message>
   <source>the cluster has no backup host for a throw-away server</source>
   <translation>集群没有可放置临时服务器的备份主机</translation>
  </message>
  <message>
   <source>the cluster is not healthy enough for a drill</source>
   <translation>集群不够健康，不能演习</translation>
  </message>
  <message>
   <source>the engine ended in the middle of it, and its fault is not proven undone</source>
   <translation>引擎中途结束，其故障未证明已撤销</translation>
  </message>
  <message>
   <source>the engine ended in the middle of it; its fault is undone</source>
   <translation>引擎中途结束；其故障已撤销</translation>
  </message>
  <message>
   <source>the engine ends</source>
   <translation>引擎结束</translation>
  </message>
  <message>
   <source>the fault could not be proven undone at once, only later</source>
   <translation>故障未能立即证明已撤销，之后才证明</translation>
  </message>
  <message>
   <source>the fault could not be proven undone; its host undoes it by itself</source>
   <translation>故障未能证明已撤销；由其主机自行撤销</translation>
  </message>
  <message>
   <source>the heartbeat writer is held</source>
   <translation>暂停心跳写入器</translation>
  </message>
  <message>
   <source>the host refused it</source>
   <translation>主机拒绝</translation>
  </message>
  <message>
   <source>the last drill of this kind failed</source>
   <translation>此类演习上次失败</translation>
  </message>
  <message>
   <source>the node</source>
   <translation>节点</translation>
  </message>
  <message>
   <source>the one that matters least</source>
   <translation>影响最小的节点</translation>
  </message>
  <message>
   <source>the plan is refused</source>
   <translation>计划被拒绝</translation>
  </message>
  <message>
   <source>the record could not be written</source>
   <translation>记录无法写入</translation>
  </message>
  <message>
   <source>the restored copy was not proven</source>
   <translation>还原的副本未得到证明</translation>
  </message>
  <message>
   <source>the run did not come to its proven end</source>
   <translation>运行未到达已证明的终点</translation>
  </message>
  <message>
   <source>the run stopped and asks a person</source>
   <translation>运行已停止并正在询问</translation>
  </message>
  <message>
   <source>the throw-away server could not be proven removed</source>
   <translation>临时服务器未能证明已移除</translation>
  </message>
  <message>
   <source>the throw-away server did not answer over the probe path</source>
   <translation>临时服务器经探测路径没有应答</translation>
  </message>
  <message>
   <source>the throw-away server did not start</source>
   <translation>临时服务器没有启动</translation>
  </message>
  <message>
   <source>the watch did not name it within the limit</source>
   <translation>监视在限值内没有指明它</translation>
  </message>
  <message>
   <source>the watch named something else</source>
   <translation>监视指明的是别的情况</translation>
  </message>
  <message>
   <source>the way back is refused; the cluster runs on its new primary</source>
   <translation>返回被拒绝；集群在新主库上运行</translation>
  </message>
  <message>
   <source>the write gap was not measured</source>
   <translation>写入间隔未测量</translation>
  </message>
  <message>
   <source>there are no backups to restore</source>
   <translation>没有可还原的备份</translation>
  </message>
  <message>
   <source>there is no such cluster</source>
   <translation>没有该集群</translation>
  </message>
  <message>
   <source>there is no such drill</source>
   <translation>没有该演习</translation>
  </message>
  <message>
   <source>there is no such node</source>
   <translation>没有该节点</translation>
  </message>
  <message>
   <source>under way</source>
   <translation>进行中</translation>
  </message>
  <message>
   <source>without {node} too few standbys would be left for synchronous commit</source>
   <translation>没有 {node}，剩下的备库不足以同步提交</translation>
  </message>
  <message>
   <source>{kind} on {cluster}</source>
   <translation>{kind}，{cluster}</translation>
  </message>
  <message>
   <source>{kind}: {fault}</source>
   <translation>{kind}：{fault}</translation>
  </message>
  <message>
   <source>{measured} ({promised})</source>
   <translation>{measured}（{promised}）</translation>
  </message>
  <message>
   <source>{node} is not a node that this fault is for</source>
   <translation>{node} 不是此故障适用的节点</translation>
  </message>
  <message>
   <source>{node} was called dead though only our own channel was cut</source>
   <translation>只切断了我们自己的通道，{node} 却被判定为失效</translation>
  </message>
  <message>
   <source>{passed} of 1 drill passed</source>
   <translation>1 次演习中 {passed} 次通过</translation>
  </message>
  <message>
   <source>{passed} of {n} drills passed</source>
   <translation>{n} 次演习中 {passed} 次通过</translation>
  </message>
  <message>
   <source>{reason} Nothing was changed.</source>
   <translation>{reason}未做任何改动。</translation>
  </message>
  <message>
   <source>{subject}: {reason}</source>
   <translation>{subject}：{reason}</translation>
  </message>
  <message>
   <source>{s} s</source>
   <translation>{s} 秒</translation>
  </message>
  <message>
   <source>{text}.</source>
   <translation>{text}。</translation>
  </message>
  <message>
   <source>{text}. Change</source>
   <translation>{text}。更改</translation>
  </message>
  <message>
   <source>{text}: {detail}.</source>
   <translation>{text}：{detail}。</translation>
  </message>
  <message>
   <source>{time} over</source>
   <translation>超出 {time}</translation>
  </message>
  <message>
   <source>{title} ({node})</source>
   <translation>{title}（{node}）</translation>
  </message>
  <message>
   <source>{title}, {at} UTC: {state}</source>
   <translation>{title}，{at} UTC：{state}</translation>
  </message>
  <message>
   <source>{title}. {below}</source>
   <translation>{title}。{below}</translation>
  </message>
  <message>
   <source>{title}: passed.</source>
   <translation>{title}：通过。</translation>
  </message>
  <message>
   <source>{title}: passed. {figures}.</source>
   <translation>{title}：通过。{figures}。</translation>
  </message>
  <message>
   <source>{title}: stopped. {why}</source>
   <translation>{title}：已停止。{why}</translation>
  </message>
  <message>
   <source>{title}: under way.</source>
   <translation>{title}：进行中。</translation>
  </message>
  <message>
   <source>{title}: {fault}</source>
   <translation>{title}：{fault}</translation>
  </message>
  <message>
   <source>{title}: {state}. {why}</source>
   <translation>{title}：{state}。{why}</translation>
  </message>
  <message>
   <source>{what}, {node}</source>
   <translation>{what}，{node}</translation>
  </message>
 </context>
 <context>
  <name>duty</name>
  <message>
   <source>'{text}' is no number of days. From one hour (0.042) to {most}, or 0.</source>
   <translation>“{text}”不是天数。从一小时（0.042）到 {most}，或 0。</translation>
  </message>
  <message>
   <source>0: no duty here, and never overdue</source>
   <translation>0：此处不是例行任务，从不逾期</translation>
  </message>
  <message>
   <source>1 day</source>
   <translation>1 天</translation>
  </message>
  <message>
   <source>1 duty of {cluster} is overdue: {first}</source>
   <translation>{cluster} 有 1 项例行任务逾期：{first}</translation>
  </message>
  <message>
   <source>Approver's key</source>
   <translation>批准者的密钥</translation>
  </message>
  <message>
   <source>Asking for the duties of this cluster …</source>
   <translation>正在询问此集群的例行任务…</translation>
  </message>
  <message>
   <source>At least every, days</source>
   <translation>至少每隔，天</translation>
  </message>
  <message>
   <source>Back up</source>
   <translation>备份</translation>
  </message>
  <message>
   <source>Backup</source>
   <translation>备份</translation>
  </message>
  <message>
   <source>Backup read back</source>
   <translation>备份已回读</translation>
  </message>
  <message>
   <source>Books recomputed</source>
   <translation>账簿已重新计算</translation>
  </message>
  <message>
   <source>Compare</source>
   <translation>比对</translation>
  </message>
  <message>
   <source>Copies compared</source>
   <translation>副本已比对</translation>
  </message>
  <message>
   <source>Detector rehearsed</source>
   <translation>检测器已演练</translation>
  </message>
  <message>
   <source>Drill …</source>
   <translation>演习…</translation>
  </message>
  <message>
   <source>Due so many days before its end</source>
   <translation>到期前多少天应办</translation>
  </message>
  <message>
   <source>Duties</source>
   <translation>例行任务</translation>
  </message>
  <message>
   <source>Every duty of {cluster} was done in time; next: {first}</source>
   <translation>{cluster} 的例行任务均已按时完成；下一项：{first}</translation>
  </message>
  <message>
   <source>It ended {time} ago.</source>
   <translation>已于 {time} 前到期。</translation>
  </message>
  <message>
   <source>It ends in {time}.</source>
   <translation>{time} 后到期。</translation>
  </message>
  <message>
   <source>It ends in {time}; renew it.</source>
   <translation>{time} 后到期；应续期。</translation>
  </message>
  <message>
   <source>It ends {at}.</source>
   <translation>{at} 到期。</translation>
  </message>
  <message>
   <source>It ends {at}; due: renew it.</source>
   <translation>{at} 到期；应办：续期。</translation>
  </message>
  <message>
   <source>Its end is not told: {why}.</source>
   <translation>到期时间未报告：{why}。</translation>
  </message>
  <message>
   <source>Last tried {ago}, and it failed</source>
   <translation>上次尝试：{ago}，失败</translation>
  </message>
  <message>
   <source>Last {ago}</source>
   <translation>上次：{ago}</translation>
  </message>
  <message>
   <source>Leave, nothing was changed</source>
   <translation>离开，未做任何改动</translation>
  </message>
  <message>
   <source>No duty of {cluster} can be told yet</source>
   <translation>{cluster} 的例行任务均尚无法报告</translation>
  </message>
  <message>
   <source>Nothing has to happen regularly here.</source>
   <translation>这里没有须定期进行的事项。</translation>
  </message>
  <message>
   <source>Nothing is overdue on {cluster}, but 1 duty was never done; next: {first}</source>
   <translation>{cluster} 没有逾期，但有 1 项例行任务从未做过；下一项：{first}</translation>
  </message>
  <message>
   <source>Nothing is overdue on {cluster}, but {n} duties were never done; next: {first}</source>
   <translation>{cluster} 没有逾期，但有 {n} 项例行任务从未做过；下一项：{first}</translation>
  </message>
  <message>
   <source>Overdue: {title}. {why}</source>
   <translation>逾期：{title}。{why}</translation>
  </message>
  <message>
   <source>Prove a restore</source>
   <translation>证明还原</translation>
  </message>
  <message>
   <source>Read back</source>
   <translation>回读</translation>
  </message>
  <message>
   <source>Recompute</source>
   <translation>重新计算</translation>
  </message>
  <message>
   <source>Rehearse …</source>
   <translation>演练…</translation>
  </message>
  <message>
   <source>Restore proven</source>
   <translation>还原已证明</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>保存</translation>
  </message>
  <message>
   <source>Saving …</source>
   <translation>正在保存…</translation>
  </message>
  <message>
   <source>Server's certificate</source>
   <translation>服务器的证书</translation>
  </message>
  <message>
   <source>Switchover drilled</source>
   <translation>计划切换已演习</translation>
  </message>
  <message>
   <source>The engine does not answer. Nothing was saved.</source>
   <translation>引擎没有应答。未保存任何内容。</translation>
  </message>
  <message>
   <source>The last time failed on {cluster}: {first}</source>
   <translation>{cluster} 上次失败：{first}</translation>
  </message>
  <message>
   <source>approvers</source>
   <translation>批准者</translation>
  </message>
  <message>
   <source>at least every {every}</source>
   <translation>至少每 {every}</translation>
  </message>
  <message>
   <source>backup jobs</source>
   <translation>备份作业</translation>
  </message>
  <message>
   <source>backups' marks</source>
   <translation>备份的标记</translation>
  </message>
  <message>
   <source>comparisons</source>
   <translation>比对</translation>
  </message>
  <message>
   <source>drills</source>
   <translation>演习</translation>
  </message>
  <message>
   <source>due in {time}</source>
   <translation>{time} 后应办</translation>
  </message>
  <message>
   <source>due {at}</source>
   <translation>{at} 应办</translation>
  </message>
  <message>
   <source>due {every} before its end</source>
   <translation>到期前 {every} 应办</translation>
  </message>
  <message>
   <source>it ends soon</source>
   <translation>即将到期</translation>
  </message>
  <message>
   <source>it has ended</source>
   <translation>已到期</translation>
  </message>
  <message>
   <source>it has no end</source>
   <translation>没有到期时间</translation>
  </message>
  <message>
   <source>it never happened here</source>
   <translation>这里从未进行过</translation>
  </message>
  <message>
   <source>it was not asked yet</source>
   <translation>尚未询问</translation>
  </message>
  <message>
   <source>it was not told</source>
   <translation>未报告</translation>
  </message>
  <message>
   <source>its file can't be read</source>
   <translation>其文件无法读取</translation>
  </message>
  <message>
   <source>its host could not be reached</source>
   <translation>无法连接其主机</translation>
  </message>
  <message>
   <source>its host has no openssl, and no other way to read it</source>
   <translation>其主机没有 openssl，也没有其他读取方式</translation>
  </message>
  <message>
   <source>its repositories were not read yet</source>
   <translation>其备份库尚未读取</translation>
  </message>
  <message>
   <source>no ledger is known here</source>
   <translation>这里没有已知的账本</translation>
  </message>
  <message>
   <source>no server answers</source>
   <translation>没有服务器应答</translation>
  </message>
  <message>
   <source>not a duty here</source>
   <translation>此处不是例行任务</translation>
  </message>
  <message>
   <source>overdue since {at}</source>
   <translation>自 {at} 起逾期</translation>
  </message>
  <message>
   <source>recorded: {source}</source>
   <translation>记录于：{source}</translation>
  </message>
  <message>
   <source>runs</source>
   <translation>运行</translation>
  </message>
  <message>
   <source>seals</source>
   <translation>封存</translation>
  </message>
  <message>
   <source>the cluster has no backup policy</source>
   <translation>集群没有备份策略</translation>
  </message>
  <message>
   <source>the console's records can't be read</source>
   <translation>控制台的记录无法读取</translation>
  </message>
  <message>
   <source>the last time failed</source>
   <translation>上次失败</translation>
  </message>
  <message>
   <source>the server has no certificate</source>
   <translation>服务器没有证书</translation>
  </message>
  <message>
   <source>there is no second copy</source>
   <translation>没有第二个副本</translation>
  </message>
  <message>
   <source>there is nothing here that it could be done with</source>
   <translation>这里没有可用来执行的条件</translation>
  </message>
  <message>
   <source>what was answered makes no sense</source>
   <translation>应答不合理</translation>
  </message>
  <message>
   <source>{act}: {title}</source>
   <translation>{act}：{title}</translation>
  </message>
  <message>
   <source>{duty}: how often on {cluster}</source>
   <translation>{duty}：在 {cluster} 上的频率</translation>
  </message>
  <message>
   <source>{last} ({why})</source>
   <translation>{last}（{why}）</translation>
  </message>
  <message>
   <source>{late} of {n} overdue</source>
   <translation>{n} 项中 {late} 项逾期</translation>
  </message>
  <message>
   <source>{n} days</source>
   <translation>{n} 天</translation>
  </message>
  <message>
   <source>{n} duties of {cluster} are overdue, first: {first}</source>
   <translation>{cluster} 有 {n} 项例行任务逾期，第一项：{first}</translation>
  </message>
  <message>
   <source>{time} ago</source>
   <translation>{time} 前</translation>
  </message>
  <message>
   <source>{title}, {often}. Change</source>
   <translation>{title}，{often}。更改</translation>
  </message>
 </context>
 <context>
  <name>evidence</name>
  <message>
   <source>1 file is in {path}</source>
   <translation>{path} 中有 1 个文件</translation>
  </message>
  <message>
   <source>1 file, whole</source>
   <translation>1 个文件，完整</translation>
  </message>
  <message>
   <source>1 thing is missing</source>
   <translation>缺少 1 项</translation>
  </message>
  <message>
   <source>It is not signed: only its digest shows that nobody made it anew</source>
   <translation>它未经签名：只有其摘要能表明没有人重新制作过它</translation>
  </message>
  <message>
   <source>it can't be read</source>
   <translation>无法读取</translation>
  </message>
  <message>
   <source>it is over the limit of a pack</source>
   <translation>超出证据包的上限</translation>
  </message>
  <message>
   <source>it was never made</source>
   <translation>从未生成</translation>
  </message>
  <message>
   <source>its record is gone</source>
   <translation>其记录已不存在</translation>
  </message>
  <message>
   <source>secrets in it are masked</source>
   <translation>其中的机密已被遮盖</translation>
  </message>
  <message>
   <source>the key was revoked since</source>
   <translation>该密钥此后已被吊销</translation>
  </message>
  <message>
   <source>the list of approvers no longer names the key</source>
   <translation>批准人名单中已没有该密钥</translation>
  </message>
  <message>
   <source>the record does not fit its own digest</source>
   <translation>记录与其自身的摘要不符</translation>
  </message>
  <message>
   <source>the signature could not be verified</source>
   <translation>签名无法验证</translation>
  </message>
  <message>
   <source>the signature does not fit</source>
   <translation>签名不符</translation>
  </message>
  <message>
   <source>the signature {file} does not hold</source>
   <translation>签名 {file} 不成立</translation>
  </message>
  <message>
   <source>the signature {file} is missing, and the pack says that it is signed</source>
   <translation>缺少签名 {file}，而证据包声明自己已签名</translation>
  </message>
  <message>
   <source>there is no run and no drill {subject}, or more than one</source>
   <translation>没有名为 {subject} 的运行或演习，或者不止一个</translation>
  </message>
  <message>
   <source>there is none for what this is</source>
   <translation>此类对象没有这一项</translation>
  </message>
  <message>
   <source>they are not trusted</source>
   <translation>它们不受信任</translation>
  </message>
  <message>
   <source>what lies there is that of another</source>
   <translation>该处存放的属于另一对象</translation>
  </message>
  <message>
   <source>{files}; not signed, so compare the digest with the one that was noted</source>
   <translation>{files}；未签名，应将摘要与已记录的摘要比对</translation>
  </message>
  <message>
   <source>{files}; signed by {person}, whose key is among those you trust</source>
   <translation>{files}；由 {person} 签名，其密钥在所信任的密钥之中</translation>
  </message>
  <message>
   <source>{files}; signed by {person}: compare the key {fingerprint} with one you know</source>
   <translation>{files}；由 {person} 签名：应将密钥 {fingerprint} 与已知的密钥比对</translation>
  </message>
  <message>
   <source>{file} can't be read</source>
   <translation>无法读取 {file}</translation>
  </message>
  <message>
   <source>{file} is another than the one whose digest you gave</source>
   <translation>{file} 与所给摘要对应的文件不同</translation>
  </message>
  <message>
   <source>{file} is missing</source>
   <translation>缺少 {file}</translation>
  </message>
  <message>
   <source>{file} is no evidence pack as the console writes it</source>
   <translation>{file} 不是控制台所写格式的证据包</translation>
  </message>
  <message>
   <source>{file} is no unchanged piece of an audit log</source>
   <translation>{file} 不是审计日志中未经改动的一段</translation>
  </message>
  <message>
   <source>{file} was added</source>
   <translation>{file} 是后来添加的</translation>
  </message>
  <message>
   <source>{file} was changed</source>
   <translation>{file} 已被改动</translation>
  </message>
  <message>
   <source>{held}; nothing is missing</source>
   <translation>{held}；没有缺项</translation>
  </message>
  <message>
   <source>{held}; {missing}</source>
   <translation>{held}；{missing}</translation>
  </message>
  <message>
   <source>{n} files are in {path}</source>
   <translation>{path} 中有 {n} 个文件</translation>
  </message>
  <message>
   <source>{n} files, whole</source>
   <translation>{n} 个文件，完整</translation>
  </message>
  <message>
   <source>{n} things are missing</source>
   <translation>缺少 {n} 项</translation>
  </message>
  <message>
   <source>{person} signed it with the key {fingerprint}</source>
   <translation>{person} 用密钥 {fingerprint} 签了名</translation>
  </message>
  <message>
   <source>{person} signed it with the key {fingerprint}, which no approver's line names</source>
   <translation>{person} 用密钥 {fingerprint} 签了名，批准人名单中没有该密钥</translation>
  </message>
  <message>
   <source>{subject} has not ended: its evidence is written after it</source>
   <translation>{subject} 尚未结束：证据在其结束后写出</translation>
  </message>
 </context>
 <context>
  <name>fleet</name>
  <message>
   <source>, limit {limit}</source>
   <translation>，限值 {limit}</translation>
  </message>
  <message>
   <source>1 card would move</source>
   <translation>1 张卡片会移动</translation>
  </message>
  <message>
   <source>60 s</source>
   <translation>60 秒</translation>
  </message>
  <message>
   <source>Add a cluster</source>
   <translation>添加集群</translation>
  </message>
  <message>
   <source>Add a cluster …</source>
   <translation>添加集群…</translation>
  </message>
  <message>
   <source>Asking the engine what it watches …</source>
   <translation>正在询问引擎监视哪些对象…</translation>
  </message>
  <message>
   <source>By its own rules; whether it is paused is not read yet</source>
   <translation>按其自身规则；是否暂停尚未读取</translation>
  </message>
  <message>
   <source>Clusters</source>
   <translation>集群</translation>
  </message>
  <message>
   <source>Heartbeat</source>
   <translation>心跳</translation>
  </message>
  <message>
   <source>It would promote {node} by itself: every guard holds now</source>
   <translation>会自动提升 {node}：现在所有防护条件均满足</translation>
  </message>
  <message>
   <source>Last proven backup</source>
   <translation>最近已证明的备份</translation>
  </message>
  <message>
   <source>May act automatically</source>
   <translation>可自动执行者</translation>
  </message>
  <message>
   <source>Next by itself: nothing planned. No backup is made without you; nodes of {clusters} may be changed, where a primary is lost</source>
   <translation>接下来自动执行：没有计划。未经你操作，不会进行备份；主库丢失时，{clusters} 的节点可能被改动</translation>
  </message>
  <message>
   <source>Next by itself: nothing. No node is changed, and no backup made, without you</source>
   <translation>接下来自动执行：无。未经你操作，不会改动任何节点，也不会进行备份</translation>
  </message>
  <message>
   <source>Next by itself: {what} of {cluster}, {when} UTC. No node is changed without you</source>
   <translation>接下来自动执行：{cluster} 的 {what}，{when} UTC。未经你操作，不会改动任何节点</translation>
  </message>
  <message>
   <source>Next by itself: {what} of {cluster}, {when} UTC. Nodes of {clusters} may be changed without you, where a primary is lost</source>
   <translation>接下来自动执行：{cluster} 的 {what}，{when} UTC。主库丢失时，{clusters} 的节点可能未经你操作而被改动</translation>
  </message>
  <message>
   <source>No backup was made</source>
   <translation>未进行过备份</translation>
  </message>
  <message>
   <source>No cluster is watched yet</source>
   <translation>尚未监视任何集群</translation>
  </message>
  <message>
   <source>No policy says that backups are made</source>
   <translation>没有策略规定进行备份</translation>
  </message>
  <message>
   <source>None</source>
   <translation>无</translation>
  </message>
  <message>
   <source>None proven</source>
   <translation>均未证明</translation>
  </message>
  <message>
   <source>None yet</source>
   <translation>尚无</translation>
  </message>
  <message>
   <source>Not known</source>
   <translation>未知</translation>
  </message>
  <message>
   <source>Not known yet</source>
   <translation>尚未知</translation>
  </message>
  <message>
   <source>Proven {age}</source>
   <translation>{age} 已证明</translation>
  </message>
  <message>
   <source>Start the lab</source>
   <translation>启动实验环境</translation>
  </message>
  <message>
   <source>The console would not act by itself now</source>
   <translation>控制台现在不会自动执行</translation>
  </message>
  <message>
   <source>The console would not act now: {why}</source>
   <translation>控制台现在不会执行：{why}</translation>
  </message>
  <message>
   <source>The engine has not told of backups</source>
   <translation>引擎尚未报告备份</translation>
  </message>
  <message>
   <source>The lab is starting …</source>
   <translation>正在启动实验环境…</translation>
  </message>
  <message>
   <source>The newest, {kind} of {at}, was never restored on trial</source>
   <translation>最新备份（{kind}，{at}）从未试还原</translation>
  </message>
  <message>
   <source>This console</source>
   <translation>本控制台</translation>
  </message>
  <message>
   <source>Whether the console would act by itself is not judged yet</source>
   <translation>控制台是否会自动执行，尚未判定</translation>
  </message>
  <message>
   <source>With no servers at hand, start the lab: a real three-node PostgreSQL cluster on this desk, with a ledger under load, to break and to mend. It takes about ten seconds and is taken down whole.</source>
   <translation>没有可用的服务器时，可启动实验环境：在本机上运行一个真实的三节点 PostgreSQL 集群，带有负载下的账本，可供破坏和修复。启动约需十秒，可完整清除。</translation>
  </message>
  <message>
   <source>With servers of your own, name one host of a cluster: the console finds the others over SSH, shows what it found, and saves nothing until you agree.</source>
   <translation>有自己的服务器时，指定集群的一台主机：控制台经 SSH 找到其他主机，显示所找到的内容，在你同意之前不保存任何内容。</translation>
  </message>
  <message>
   <source>behind (flush)</source>
   <translation>落后（flush）</translation>
  </message>
  <message>
   <source>in sync</source>
   <translation>同步</translation>
  </message>
  <message>
   <source>last {span}, one mark a second</source>
   <translation>最近 {span}，每秒一格</translation>
  </message>
  <message>
   <source>last {span}, one mark each {interval}</source>
   <translation>最近 {span}，每 {interval} 一格</translation>
  </message>
  <message>
   <source>none late</source>
   <translation>无迟到</translation>
  </message>
  <message>
   <source>none missed</source>
   <translation>无缺失</translation>
  </message>
  <message>
   <source>old, {time}</source>
   <translation>旧，{time}</translation>
  </message>
  <message>
   <source>order kept while you are here, {kept}</source>
   <translation>你在此处时保持顺序，{kept}</translation>
  </message>
  <message>
   <source>round trip</source>
   <translation>往返时间</translation>
  </message>
  <message>
   <source>silent for the last round</source>
   <translation>最近一轮无应答</translation>
  </message>
  <message>
   <source>silent for the last {n} rounds</source>
   <translation>最近 {n} 轮无应答</translation>
  </message>
  <message>
   <source>silent {time}</source>
   <translation>无应答 {time}</translation>
  </message>
  <message>
   <source>worst first</source>
   <translation>最严重的在前</translation>
  </message>
  <message>
   <source>{kind} of {at}, restored with whole books</source>
   <translation>{at} 的备份（{kind}），已还原且账簿完整</translation>
  </message>
  <message>
   <source>{lag} behind</source>
   <translation>落后 {lag}</translation>
  </message>
  <message>
   <source>{node}, not asked yet</source>
   <translation>{node}，尚未询问</translation>
  </message>
  <message>
   <source>{node}, {on_time} of {asked} on time, {late}, {missed}</source>
   <translation>{node}，{asked} 次中 {on_time} 次准时，{late}，{missed}</translation>
  </message>
  <message>
   <source>{node}, {role}, {health}, {figure}</source>
   <translation>{node}，{role}，{health}，{figure}</translation>
  </message>
  <message>
   <source>{n} cards would move</source>
   <translation>{n} 张卡片会移动</translation>
  </message>
  <message>
   <source>{n} late</source>
   <translation>{n} 次迟到</translation>
  </message>
  <message>
   <source>{n} missed</source>
   <translation>{n} 次缺失</translation>
  </message>
  <message>
   <source>{size} left</source>
   <translation>剩余 {size}</translation>
  </message>
  <message>
   <source>{text}, {silent}</source>
   <translation>{text}，{silent}</translation>
  </message>
 </context>
 <context>
  <name>fork</name>
  <message>
   <source> (there as {n})</source>
   <translation>（对侧为 {n}）</translation>
  </message>
  <message>
   <source>Book {n} of them on {winner} with entries.sql, then bring {loser} back: rejoin {cluster} {loser} --fork exported.</source>
   <translation>用 entries.sql 将其中 {n} 笔记入 {winner}，然后使 {loser} 重新加入：rejoin {cluster} {loser} --fork exported。</translation>
  </message>
  <message>
   <source>No choice has to be made.</source>
   <translation>无须做出选择。</translation>
  </message>
  <message>
   <source>Offered to be kept: {node}, {why}. Export the other's entries before it is rewound.</source>
   <translation>建议保留：{node}，{why}。回退（rewind）另一方之前先导出其分录。</translation>
  </message>
  <message>
   <source>Only {one} holds entries that {other} does not.</source>
   <translation>只有 {one} 持有 {other} 没有的分录。</translation>
  </message>
  <message>
   <source>Their books are the same: {same}.</source>
   <translation>两者账簿相同：{same}。</translation>
  </message>
  <message>
   <source>They part at {position} of timeline {timeline}.</source>
   <translation>两者在时间线 {timeline} 的 {position} 处分叉。</translation>
  </message>
  <message>
   <source>Timeline {n} is another history on either side: two promotions took the same number.</source>
   <translation>时间线 {n} 在两侧是不同的历史：两次提升用了同一编号。</translation>
  </message>
  <message>
   <source>another comparison runs, and {subject} has to wait for it</source>
   <translation>另一个比对正在运行，{subject} 须等待它</translation>
  </message>
  <message>
   <source>another console holds the lock, so {subject} is not opened</source>
   <translation>另一个控制台持有锁，因此不打开 {subject}</translation>
  </message>
  <message>
   <source>as clients write there now</source>
   <translation>因为客户端现在在那里写入</translation>
  </message>
  <message>
   <source>as it holds more entries of its own</source>
   <translation>因为它持有更多自己的分录</translation>
  </message>
  <message>
   <source>as the other has nothing of its own</source>
   <translation>因为另一方没有自己的分录</translation>
  </message>
  <message>
   <source>differs</source>
   <translation>不同</translation>
  </message>
  <message>
   <source>every node of {subject} follows the primary: there is nothing to compare</source>
   <translation>{subject} 的每个节点都跟随主库：没有可比对的内容</translation>
  </message>
  <message>
   <source>more differs between {subject} than is compared entry by entry</source>
   <translation>{subject} 之间的不同超过逐笔比对的上限</translation>
  </message>
  <message>
   <source>nothing</source>
   <translation>无</translation>
  </message>
  <message>
   <source>only on {a}</source>
   <translation>仅在 {a} 上</translation>
  </message>
  <message>
   <source>only on {b}</source>
   <translation>仅在 {b} 上</translation>
  </message>
  <message>
   <source>the WAL or the control file of {subject} could not be read</source>
   <translation>{subject} 的 WAL 或控制文件无法读取</translation>
  </message>
  <message>
   <source>the host of {subject} could not be read</source>
   <translation>{subject} 的主机无法读取</translation>
  </message>
  <message>
   <source>{a} and {b} both wrote after they parted.</source>
   <translation>{a} 和 {b} 在分叉之后都有写入。</translation>
  </message>
  <message>
   <source>{a} and {b} hold the same books.</source>
   <translation>{a} 和 {b} 的账簿相同。</translation>
  </message>
  <message>
   <source>{node} holds nothing that the other does not.</source>
   <translation>{node} 没有对方所没有的内容。</translation>
  </message>
  <message>
   <source>{node} holds {n} entries that the other does not: {sums}.</source>
   <translation>{node} 持有对方没有的 {n} 笔分录：{sums}。</translation>
  </message>
  <message>
   <source>{n} entries of {loser} were written to {place}.</source>
   <translation>{loser} 的 {n} 笔分录已写入 {place}。</translation>
  </message>
  <message>
   <source>{n} numbers stand on both sides with other content.</source>
   <translation>{n} 个编号在两侧都有，但内容不同。</translation>
  </message>
  <message>
   <source>{n} of them were booked again on the other side, under the same reference.</source>
   <translation>其中 {n} 笔已在另一侧以相同参考号重新记账。</translation>
  </message>
  <message>
   <source>{origin} up to entry {n}</source>
   <translation>{origin} 至分录 {n}</translation>
  </message>
  <message>
   <source>{subject} belongs to another cluster</source>
   <translation>{subject} 属于另一个集群</translation>
  </message>
  <message>
   <source>{subject} could not be opened closed, for reading</source>
   <translation>{subject} 无法以封闭方式打开以供读取</translation>
  </message>
  <message>
   <source>{subject} has processes and gives no answer: fence it first</source>
   <translation>{subject} 有进程但没有应答：先隔离它</translation>
  </message>
  <message>
   <source>{subject} was opened for reading and could not be closed again</source>
   <translation>{subject} 已打开以供读取，但无法再关闭</translation>
  </message>
  <message>
   <source>… and {n} more; all of them are in the export.</source>
   <translation>…另有 {n} 项；全部在导出内容中。</translation>
  </message>
 </context>
 <context>
  <name>graph</name>
  <message>
   <source>(flush)</source>
   <translation>（flush）</translation>
  </message>
  <message>
   <source>, </source>
   <translation>，</translation>
  </message>
  <message>
   <source>Commits wait for no standby</source>
   <translation>提交不等待任何备库</translation>
  </message>
  <message>
   <source>Commits wait for {names}</source>
   <translation>提交等待 {names}</translation>
  </message>
  <message>
   <source>Show every node</source>
   <translation>显示每个节点</translation>
  </message>
  <message>
   <source>WAL archive</source>
   <translation>WAL 归档</translation>
  </message>
  <message>
   <source>age of reads not known</source>
   <translation>读到的数据新旧未知</translation>
  </message>
  <message>
   <source>answers</source>
   <translation>有应答</translation>
  </message>
  <message>
   <source>async</source>
   <translation>异步</translation>
  </message>
  <message>
   <source>async: commit does not wait</source>
   <translation>异步：提交不等待</translation>
  </message>
  <message>
   <source>behind</source>
   <translation>落后</translation>
  </message>
  <message>
   <source>behind (flush)</source>
   <translation>落后（flush）</translation>
  </message>
  <message>
   <source>from {node}: {kind}, {detail}</source>
   <translation>来自 {node}：{kind}，{detail}</translation>
  </message>
  <message>
   <source>furthest {lag}</source>
   <translation>最远 {lag}</translation>
  </message>
  <message>
   <source>healthy, reads up to {lag} old</source>
   <translation>健康，读到的数据最多旧 {lag}</translation>
  </message>
  <message>
   <source>in step</source>
   <translation>已追平</translation>
  </message>
  <message>
   <source>lag not known</source>
   <translation>延迟未知</translation>
  </message>
  <message>
   <source>last segment</source>
   <translation>最后一个段</translation>
  </message>
  <message>
   <source>ledger not read</source>
   <translation>账本未读取</translation>
  </message>
  <message>
   <source>no segment seen</source>
   <translation>未见 WAL 段</translation>
  </message>
  <message>
   <source>not streaming</source>
   <translation>未在流复制</translation>
  </message>
  <message>
   <source>position not known</source>
   <translation>位置未知</translation>
  </message>
  <message>
   <source>reads are {lag} old</source>
   <translation>读到的数据旧 {lag}</translation>
  </message>
  <message>
   <source>should be sync</source>
   <translation>应为同步</translation>
  </message>
  <message>
   <source>silent {time}</source>
   <translation>无应答 {time}</translation>
  </message>
  <message>
   <source>sync</source>
   <translation>同步</translation>
  </message>
  <message>
   <source>sync: commit waits</source>
   <translation>同步：提交等待</translation>
  </message>
  <message>
   <source>together: {names}; Enter shows each</source>
   <translation>合并显示：{names}；按 Enter 逐个显示</translation>
  </message>
  <message>
   <source>would take over</source>
   <translation>将接管</translation>
  </message>
  <message>
   <source>{age} ago</source>
   <translation>{age} 前</translation>
  </message>
  <message>
   <source>{n} entries</source>
   <translation>{n} 笔分录</translation>
  </message>
  <message>
   <source>{n} entries/s</source>
   <translation>{n} 笔分录/秒</translation>
  </message>
  <message>
   <source>{n} entry</source>
   <translation>{n} 笔分录</translation>
  </message>
  <message>
   <source>{n} places</source>
   <translation>{n} 处</translation>
  </message>
  <message>
   <source>{n} standbys</source>
   <translation>{n} 个备库</translation>
  </message>
  <message>
   <source>{n} × {kind}</source>
   <translation>{n} × {kind}</translation>
  </message>
  <message>
   <source>{size} left</source>
   <translation>剩余 {size}</translation>
  </message>
 </context>
 <context>
  <name>group</name>
  <message>
   <source>A former primary has to be copied anew: switch use_pg_rewind on.</source>
   <translation>旧主库须重新拷贝：打开 use_pg_rewind。</translation>
  </message>
  <message>
   <source>Approve its loss by its number.</source>
   <translation>按数目批准其丢失量。</translation>
  </message>
  <message>
   <source>Bring a majority of the consensus store (etcd, Consul, ZooKeeper) back first: without it no Patroni may lead, and nothing that it is asked for is done.</source>
   <translation>先恢复共识存储（etcd、Consul、ZooKeeper）的多数：没有多数，任何 Patroni 都不得主导，所要求的操作也不会执行。</translation>
  </message>
  <message>
   <source>Bring a majority of the consensus store back first.</source>
   <translation>先恢复共识存储的多数。</translation>
  </message>
  <message>
   <source>Bring a standby back: without one in /sync nobody may take over.</source>
   <translation>恢复一个备库：/sync 中没有备库，就没有节点可以接管。</translation>
  </message>
  <message>
   <source>Choose another member.</source>
   <translation>选择另一个成员。</translation>
  </message>
  <message>
   <source>Commits wait for nobody: a failover may lose the last of them.</source>
   <translation>提交不等待任何节点：故障切换可能丢失最后的提交。</translation>
  </message>
  <message>
   <source>Confirms commits (/sync)</source>
   <translation>确认提交（/sync）</translation>
  </message>
  <message>
   <source>Danger that Patroni's own words show</source>
   <translation>Patroni 自身报告显示的危险</translation>
  </message>
  <message>
   <source>Have it act by itself again: patroni CLUSTER resume.</source>
   <translation>使其恢复自动执行：patroni CLUSTER resume。</translation>
  </message>
  <message>
   <source>If its Patroni dies, {node} stays writable after another leads. Set a watchdog up there (watchdog.mode in Patroni's configuration).</source>
   <translation>如果其 Patroni 失效，另一个节点主导后 {node} 仍可写入。在那里设置 watchdog（Patroni 配置中的 watchdog.mode）。</translation>
  </message>
  <message>
   <source>It is so already.</source>
   <translation>已经如此。</translation>
  </message>
  <message>
   <source>Look at the Patroni of {node}: when its key runs out, another member leads.</source>
   <translation>查看 {node} 的 Patroni：其领导键到期后，由另一个成员主导。</translation>
  </message>
  <message>
   <source>Look at the log of the Patroni of {node}: it is about to promote, or can't.</source>
   <translation>查看 {node} 的 Patroni 的日志：它即将提升，或无法提升。</translation>
  </message>
  <message>
   <source>Look with 'patroni CLUSTER status' why {node} does not stream.</source>
   <translation>用“patroni CLUSTER status”查看 {node} 为何没有流复制。</translation>
  </message>
  <message>
   <source>Members come and go with their own Patroni: start one with the same scope on the new host, or stop it and take the member out with patronictl. Then mend the inventory.</source>
   <translation>成员随各自的 Patroni 加入和退出：在新主机上以相同 scope 启动一个，或停止它并用 patronictl 移出该成员。然后修正清单。</translation>
  </message>
  <message>
   <source>Mend the inventory: {node} belongs to another cluster.</source>
   <translation>修正清单：{node} 属于另一个集群。</translation>
  </message>
  <message>
   <source>Nobody can see that nothing writes on {node}, and Patroni fences no other host: without a watchdog there its server may go on. Switch that host off if you can.</source>
   <translation>无人能看到 {node} 上没有写入，且 Patroni 不隔离其他主机：那里没有 watchdog，其服务器可能继续运行。如有可能，关闭该主机。</translation>
  </message>
  <message>
   <source>Nobody can write while {node} restarts: a switchover first makes that shorter.</source>
   <translation>{node} 重启期间无法写入：先做计划切换可缩短这段时间。</translation>
  </message>
  <message>
   <source>Nobody is fenced: Patroni trusts its key and, where there is one, the watchdog. There is no way back once it was asked.</source>
   <translation>不隔离任何节点：Patroni 依靠其领导键，有 watchdog 时也依靠 watchdog。要求一经发出便不可返回。</translation>
  </message>
  <message>
   <source>Nobody leads, so there is nothing to copy from. Mend that first.</source>
   <translation>没有节点主导，因此没有可拷贝的来源。先修复它。</translation>
  </message>
  <message>
   <source>Only its own Patroni can do it: start the Patroni service of {node} first.</source>
   <translation>只有其自身的 Patroni 能做：先启动 {node} 的 Patroni 服务。</translation>
  </message>
  <message>
   <source>Patroni acts by itself</source>
   <translation>Patroni 自动执行</translation>
  </message>
  <message>
   <source>Patroni does it, asked by its own interface; the console asks, follows and proves, and changes nothing behind its back.</source>
   <translation>由 Patroni 执行，经其自身接口要求；控制台提出要求、跟踪并证明，不绕过它做任何改动。</translation>
  </message>
  <message>
   <source>Patroni does what it is asked for in pause too, but nothing by itself. Afterwards: patroni CLUSTER resume.</source>
   <translation>Patroni 暂停时仍执行所要求的操作，但不自动执行任何操作。之后：patroni CLUSTER resume。</translation>
  </message>
  <message>
   <source>Patroni fails over by itself when the key runs out</source>
   <translation>领导键到期时 Patroni 自动故障切换</translation>
  </message>
  <message>
   <source>Patroni hands over to members of /sync only. Wait until {node} stands in it, or ask for a failover to it, with the loss approved.</source>
   <translation>Patroni 只移交给 /sync 的成员。等 {node} 进入 /sync，或要求故障切换到它并批准丢失量。</translation>
  </message>
  <message>
   <source>Patroni has no gate behind its own fence: what may be lost is judged now and right before the request, and not again after it.</source>
   <translation>Patroni 在其隔离之后没有检查关口：可能的丢失在现在和提出要求之前判定，之后不再判定。</translation>
  </message>
  <message>
   <source>Patroni is not paused: it fails over by itself when the key runs out, and may be quicker.</source>
   <translation>Patroni 未暂停：领导键到期时它自动故障切换，可能更快。</translation>
  </message>
  <message>
   <source>Patroni is paused</source>
   <translation>Patroni 已暂停</translation>
  </message>
  <message>
   <source>Patroni is paused, so nobody takes over unless asked</source>
   <translation>Patroni 已暂停，因此不经要求没有节点接管</translation>
  </message>
  <message>
   <source>Patroni promotes by itself a member that lacks up to {figure} bytes. Lower maximum_lag_on_failover, or let commits wait.</source>
   <translation>Patroni 会自动提升缺少至多 {figure} 字节的成员。调低 maximum_lag_on_failover，或使提交等待。</translation>
  </message>
  <message>
   <source>Patroni rewinds {node} by itself where use_pg_rewind is on; what can be asked for is a new copy.</source>
   <translation>use_pg_rewind 打开时，Patroni 自动回退（rewind）{node}；可以要求的是新的副本。</translation>
  </message>
  <message>
   <source>Patroni sets for whom commits wait, and would set ours back. Change it there: patronictl edit-config, synchronous_mode and synchronous_node_count.</source>
   <translation>提交等待谁由 Patroni 设定，它会将我们的设置复原。在那里更改：patronictl edit-config，synchronous_mode 和 synchronous_node_count。</translation>
  </message>
  <message>
   <source>Patroni throws the data of {value} away before the new copy is there: there is no way back.</source>
   <translation>新副本就绪之前，Patroni 就会丢弃 {value} 的数据：不可返回。</translation>
  </message>
  <message>
   <source>Patroni's own to change</source>
   <translation>由 Patroni 自身更改</translation>
  </message>
  <message>
   <source>Restart {node} when it suits: restart CLUSTER NODE.</source>
   <translation>在合适的时候重启 {node}：restart CLUSTER NODE。</translation>
  </message>
  <message>
   <source>Scheduled switchover</source>
   <translation>预定的计划切换</translation>
  </message>
  <message>
   <source>Somebody has ordered a switchover for later. Take it back first: patronictl flush CLUSTER switchover.</source>
   <translation>有人预定了稍后的计划切换。先撤回：patronictl flush CLUSTER switchover。</translation>
  </message>
  <message>
   <source>Start the Patroni of {node}, with the scope of this cluster.</source>
   <translation>以此集群的 scope 启动 {node} 的 Patroni。</translation>
  </message>
  <message>
   <source>Start the Patroni of {node}: nobody looks after its server.</source>
   <translation>启动 {node} 的 Patroni：其服务器无人看管。</translation>
  </message>
  <message>
   <source>Stop the one without the key first: {node}.</source>
   <translation>先停止没有领导键的那个：{node}。</translation>
  </message>
  <message>
   <source>Switch remove_data_directory_on_diverged_timelines off: only that directory may hold the entries.</source>
   <translation>关闭 remove_data_directory_on_diverged_timelines：可能只有该目录持有这些分录。</translation>
  </message>
  <message>
   <source>Take the scheduled switchover back: patronictl flush.</source>
   <translation>撤回预定的计划切换：patronictl flush。</translation>
  </message>
  <message>
   <source>The Patroni of {node} runs and looks after its server.</source>
   <translation>{node} 的 Patroni 在运行，并看管其服务器。</translation>
  </message>
  <message>
   <source>The data of {node} may be the only copy of what it took. Stop it first, and compare: fork CLUSTER.</source>
   <translation>{node} 的数据可能是其所接受写入的唯一副本。先停止它，再比对：fork CLUSTER。</translation>
  </message>
  <message>
   <source>The data of {value} goes beyond the fork, and Patroni keeps none of it.</source>
   <translation>{value} 的数据越过分叉点，Patroni 不会保留其中任何部分。</translation>
  </message>
  <message>
   <source>The key lives {figure} s: so long is an outage at least.</source>
   <translation>领导键有效期为 {figure} 秒：写入中断至少这么久。</translation>
  </message>
  <message>
   <source>The server of {node} takes writes and its Patroni gives no answer: whoever is promoted now would be the second primary. Start its Patroni again, or stop that server, then check again.</source>
   <translation>{node} 的服务器接受写入，而其 Patroni 没有应答：现在提升任何节点都会成为第二个主库。重新启动其 Patroni，或停止该服务器，然后再次检查。</translation>
  </message>
  <message>
   <source>Together {figure} s: raise ttl, or lower the other two.</source>
   <translation>合计 {figure} 秒：调高 ttl，或调低另外两项。</translation>
  </message>
  <message>
   <source>Two servers take writes: that comes first.</source>
   <translation>两个服务器接受写入：先处理它。</translation>
  </message>
  <message>
   <source>Under Patroni nobody is fenced by the console: leave the fence out, and see that {node} can't write.</source>
   <translation>在 Patroni 之下控制台不隔离任何节点：不要选隔离，并确认 {node} 无法写入。</translation>
  </message>
  <message>
   <source>Wait until somebody leads, or fail over where Patroni is paused.</source>
   <translation>等到有节点主导，或在 Patroni 已暂停时做故障切换。</translation>
  </message>
  <message>
   <source>What stands against asking Patroni</source>
   <translation>不宜要求 Patroni 的原因</translation>
  </message>
  <message>
   <source>Whoever reaches {node} can change the cluster: set restapi.authentication.</source>
   <translation>能连接 {node} 的人都能更改集群：设置 restapi.authentication。</translation>
  </message>
  <message>
   <source>a diverged data directory is thrown away by itself</source>
   <translation>自动丢弃已偏离的数据目录</translation>
  </message>
  <message>
   <source>a failover by itself may lose up to maximum_lag_on_failover</source>
   <translation>自动故障切换可能丢失至多 maximum_lag_on_failover</translation>
  </message>
  <message>
   <source>a majority of the consensus store answers</source>
   <translation>共识存储的多数有应答</translation>
  </message>
  <message>
   <source>a switchover is scheduled</source>
   <translation>已预定计划切换</translation>
  </message>
  <message>
   <source>has a server that began later, and runs</source>
   <translation>其服务器启动时间较新，且在运行</translation>
  </message>
  <message>
   <source>has a server that began later, and streams from the holder</source>
   <translation>其服务器启动时间较新，且从持有者流复制</translation>
  </message>
  <message>
   <source>has at least {count} standbys in /sync</source>
   <translation>/sync 中至少有 {count} 个备库</translation>
  </message>
  <message>
   <source>holds the key and takes writes, and nobody else does</source>
   <translation>持有领导键并接受写入，且没有其他节点如此</translation>
  </message>
  <message>
   <source>how far it is behind is not known</source>
   <translation>落后多少未知</translation>
  </message>
  <message>
   <source>is fit to take over, and nobody else has</source>
   <translation>适合接管，且没有其他节点已接管</translation>
  </message>
  <message>
   <source>it can't take over</source>
   <translation>它不能接管</translation>
  </message>
  <message>
   <source>it does not stand in /sync, so what it lacks may be lost</source>
   <translation>它不在 /sync 中，因此所缺部分可能丢失</translation>
  </message>
  <message>
   <source>it holds the key already</source>
   <translation>它已持有领导键</translation>
  </message>
  <message>
   <source>it is further behind than maximum_lag_on_failover</source>
   <translation>它落后超过 maximum_lag_on_failover</translation>
  </message>
  <message>
   <source>it is so already</source>
   <translation>已经如此</translation>
  </message>
  <message>
   <source>it stands in /sync, so it holds every confirmed commit</source>
   <translation>它在 /sync 中，因此持有每个已确认的提交</translation>
  </message>
  <message>
   <source>it waits for a restart to take up changed settings</source>
   <translation>它等待重启以采用已更改的设置</translation>
  </message>
  <message>
   <source>its Patroni brings it back by itself; a new copy is the last way</source>
   <translation>其 Patroni 会自动将其恢复；新副本是最后的办法</translation>
  </message>
  <message>
   <source>its Patroni gives no answer</source>
   <translation>其 Patroni 没有应答</translation>
  </message>
  <message>
   <source>its Patroni starts it again by itself</source>
   <translation>其 Patroni 会自动重新启动它</translation>
  </message>
  <message>
   <source>its interface asks for no password</source>
   <translation>其接口不要求密码</translation>
  </message>
  <message>
   <source>its loss is not approved</source>
   <translation>其丢失量未获批准</translation>
  </message>
  <message>
   <source>its members are of two clusters</source>
   <translation>其成员属于两个集群</translation>
  </message>
  <message>
   <source>its server does not run, by Patroni's word</source>
   <translation>据 Patroni 报告，其服务器未运行</translation>
  </message>
  <message>
   <source>its server takes writes</source>
   <translation>其服务器接受写入</translation>
  </message>
  <message>
   <source>its server takes writes while its Patroni gives no answer</source>
   <translation>其服务器接受写入，而其 Patroni 没有应答</translation>
  </message>
  <message>
   <source>its tag 'nofailover' forbids it</source>
   <translation>其标签“nofailover”禁止</translation>
  </message>
  <message>
   <source>loop_wait + 2 * retry_timeout is longer than the key lives</source>
   <translation>loop_wait + 2 * retry_timeout 长于领导键有效期</translation>
  </message>
  <message>
   <source>no Patroni runs there</source>
   <translation>那里没有 Patroni 在运行</translation>
  </message>
  <message>
   <source>no majority of the consensus store answers</source>
   <translation>共识存储没有多数应答</translation>
  </message>
  <message>
   <source>no member confirms commits, so Patroni lets nobody take over</source>
   <translation>没有成员确认提交，因此 Patroni 不让任何节点接管</translation>
  </message>
  <message>
   <source>no standby confirms commits</source>
   <translation>没有备库确认提交</translation>
  </message>
  <message>
   <source>nobody holds the key</source>
   <translation>没有节点持有领导键</translation>
  </message>
  <message>
   <source>nothing</source>
   <translation>无</translation>
  </message>
  <message>
   <source>nothing is cut before Patroni promotes, so positions still move</source>
   <translation>Patroni 提升之前不切断任何连接，因此位置仍在变动</translation>
  </message>
  <message>
   <source>replication is asynchronous</source>
   <translation>复制是异步的</translation>
  </message>
  <message>
   <source>says that it acts by itself, as every other member does</source>
   <translation>报告自动执行，其他成员也都如此</translation>
  </message>
  <message>
   <source>says that it is paused, as every other member does</source>
   <translation>报告已暂停，其他成员也都如此</translation>
  </message>
  <message>
   <source>stands in /sync</source>
   <translation>在 /sync 中</translation>
  </message>
  <message>
   <source>the Patroni of the holder gives no answer</source>
   <translation>持有者的 Patroni 没有应答</translation>
  </message>
  <message>
   <source>the consensus store has no majority</source>
   <translation>共识存储没有多数</translation>
  </message>
  <message>
   <source>the group knows of no such member</source>
   <translation>组中没有该成员</translation>
  </message>
  <message>
   <source>the holder has no watchdog</source>
   <translation>持有者没有 watchdog</translation>
  </message>
  <message>
   <source>the holder takes no writes</source>
   <translation>持有者不接受写入</translation>
  </message>
  <message>
   <source>the key lives long</source>
   <translation>领导键有效期长</translation>
  </message>
  <message>
   <source>two servers take writes</source>
   <translation>两个服务器接受写入</translation>
  </message>
  <message>
   <source>use_pg_rewind is off</source>
   <translation>use_pg_rewind 已关闭</translation>
  </message>
  <message>
   <source>{node} leads: its data is the cluster's. Switch over first.</source>
   <translation>{node} 主导：其数据即集群的数据。先做计划切换。</translation>
  </message>
  <message>
   <source>{node} may hold the only copy of acknowledged entries. Export them, then decide: fork.</source>
   <translation>{node} 可能持有已确认分录的唯一副本。先导出，再决定：fork。</translation>
  </message>
  <message>
   <source>{node} may lack confirmed commits: choose a member of /sync, or approve the loss by its number.</source>
   <translation>{node} 可能缺少已确认的提交：选择 /sync 的成员，或按数目批准丢失。</translation>
  </message>
  <message>
   <source>{node} streams. For a new copy all the same, ask with --rebuild.</source>
   <translation>{node} 在流复制。仍要新副本，则用 --rebuild 要求。</translation>
  </message>
  <message>
   <source>{node} takes writes and its Patroni answers. What it confirms until it steps down may be lost with a member outside /sync: a switchover to a member of /sync loses nothing.</source>
   <translation>{node} 接受写入，且其 Patroni 有应答。切换到 /sync 之外的成员，它退位之前确认的内容可能丢失：计划切换到 /sync 的成员不会丢失任何内容。</translation>
  </message>
 </context>
 <context>
  <name>host key</name>
  <message>
   <source>Accept</source>
   <translation>接受</translation>
  </message>
  <message>
   <source>Accept the key {fingerprint} of {host}</source>
   <translation>接受 {host} 的密钥 {fingerprint}</translation>
  </message>
  <message>
   <source>Accepted. {host} is asked anew.</source>
   <translation>已接受。将重新询问 {host}。</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Host keys to accept</source>
   <translation>待接受的主机密钥</translation>
  </message>
  <message>
   <source>No host key waits for you.</source>
   <translation>没有待你处理的主机密钥。</translation>
  </message>
  <message>
   <source>Nobody has accepted these host keys yet. Compare each SHA-256 with the one that the host's owner tells you on another way, then accept it. Until then nothing is sent to the host.</source>
   <translation>这些主机密钥尚无人接受。将每个 SHA-256 与主机负责人经其他途径告知的值比对，然后接受。在此之前不向该主机发送任何内容。</translation>
  </message>
  <message>
   <source>Would be stored in {path}</source>
   <translation>将存储在 {path}</translation>
  </message>
  <message>
   <source>{host}, port {port}: {kind}</source>
   <translation>{host}，端口 {port}：{kind}</translation>
  </message>
 </context>
 <context>
  <name>incidents</name>
  <message>
   <source>, </source>
   <translation>，</translation>
  </message>
  <message>
   <source>1 alert</source>
   <translation>1 项告警</translation>
  </message>
  <message>
   <source>1 entry lost</source>
   <translation>丢失 1 笔分录</translation>
  </message>
  <message>
   <source>1 incident is open: {title}</source>
   <translation>1 个事件未结束：{title}</translation>
  </message>
  <message>
   <source>1 line</source>
   <translation>1 条记录</translation>
  </message>
  <message>
   <source>1 open</source>
   <translation>1 个未结束</translation>
  </message>
  <message>
   <source>1 run</source>
   <translation>1 次运行</translation>
  </message>
  <message>
   <source>All clusters</source>
   <translation>所有集群</translation>
  </message>
  <message>
   <source>Incidents</source>
   <translation>事件</translation>
  </message>
  <message>
   <source>Lines</source>
   <translation>记录</translation>
  </message>
  <message>
   <source>Lines of the incident</source>
   <translation>事件的记录</translation>
  </message>
  <message>
   <source>No incident is open</source>
   <translation>没有未结束的事件</translation>
  </message>
  <message>
   <source>No incident of {cluster} yet.</source>
   <translation>{cluster} 尚无事件。</translation>
  </message>
  <message>
   <source>No incident yet.</source>
   <translation>尚无事件。</translation>
  </message>
  <message>
   <source>No picture is kept of this moment, so nothing is shown of it.</source>
   <translation>没有保存此时刻的画面，因此不显示任何内容。</translation>
  </message>
  <message>
   <source>No picture is kept of this moment. The one below is {age} older.</source>
   <translation>没有保存此时刻的画面。下面的画面早 {age}。</translation>
  </message>
  <message>
   <source>None yet.</source>
   <translation>尚无。</translation>
  </message>
  <message>
   <source>One begins when a cluster is degraded or lost, and keeps verdicts, evidence, acts and a picture of each second, to be replayed. A rehearsal makes one on purpose.</source>
   <translation>集群降级或丢失时产生一个事件，保存判定、证据、操作和每秒的画面，可供回放。演练会有意产生一个。</translation>
  </message>
  <message>
   <source>Only the newest {n} are listed here; 'incidents list' knows all.</source>
   <translation>此处只列出最新的 {n} 个；“incidents list”列出全部。</translation>
  </message>
  <message>
   <source>Open its run</source>
   <translation>打开其运行</translation>
  </message>
  <message>
   <source>Open run {n}</source>
   <translation>打开运行 {n}</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>暂停</translation>
  </message>
  <message>
   <source>Picture and guards</source>
   <translation>画面与防护条件</translation>
  </message>
  <message>
   <source>Play</source>
   <translation>播放</translation>
  </message>
  <message>
   <source>Reading the incidents …</source>
   <translation>正在读取事件…</translation>
  </message>
  <message>
   <source>Rehearse the detector …</source>
   <translation>演练检测器…</translation>
  </message>
  <message>
   <source>Report</source>
   <translation>报告</translation>
  </message>
  <message>
   <source>Report: {path}, SHA-256 {digest}</source>
   <translation>报告：{path}，SHA-256 {digest}</translation>
  </message>
  <message>
   <source>Space</source>
   <translation>空格</translation>
  </message>
  <message>
   <source>The engine does not answer. It tells of incidents once it does.</source>
   <translation>引擎没有应答。应答后会报告事件。</translation>
  </message>
  <message>
   <source>The engine does not answer. No report was written.</source>
   <translation>引擎没有应答。未写入报告。</translation>
  </message>
  <message>
   <source>The guards of automatic recovery were not judged then.</source>
   <translation>当时未判定自动恢复的防护条件。</translation>
  </message>
  <message>
   <source>The report is being written …</source>
   <translation>正在写入报告…</translation>
  </message>
  <message>
   <source>Time line of the incident</source>
   <translation>事件的时间轴</translation>
  </message>
  <message>
   <source>Ways out …</source>
   <translation>通知渠道…</translation>
  </message>
  <message>
   <source>What happened</source>
   <translation>经过</translation>
  </message>
  <message>
   <source>What was known at {at}</source>
   <translation>{at} 时已知的情况</translation>
  </message>
  <message>
   <source>action</source>
   <translation>操作</translation>
  </message>
  <message>
   <source>alert</source>
   <translation>告警</translation>
  </message>
  <message>
   <source>alert comes and goes, kept open: {what}</source>
   <translation>告警时有时无，保持未结束：{what}</translation>
  </message>
  <message>
   <source>alert no longer silenced: {what}</source>
   <translation>告警不再静默：{what}</translation>
  </message>
  <message>
   <source>alert opened: {what}</source>
   <translation>告警出现：{what}</translation>
  </message>
  <message>
   <source>alert over: {what}</source>
   <translation>告警结束：{what}</translation>
  </message>
  <message>
   <source>alert silenced: {what}</source>
   <translation>告警已静默：{what}</translation>
  </message>
  <message>
   <source>alert worse: {what}</source>
   <translation>告警加重：{what}</translation>
  </message>
  <message>
   <source>alert: {what}</source>
   <translation>告警：{what}</translation>
  </message>
  <message>
   <source>all is well again</source>
   <translation>一切恢复正常</translation>
  </message>
  <message>
   <source>and 1 node more</source>
   <translation>另有 1 个节点</translation>
  </message>
  <message>
   <source>and {n} more</source>
   <translation>另有 {n} 项</translation>
  </message>
  <message>
   <source>and {n} nodes more</source>
   <translation>另有 {n} 个节点</translation>
  </message>
  <message>
   <source>backup</source>
   <translation>备份</translation>
  </message>
  <message>
   <source>by lines</source>
   <translation>按记录</translation>
  </message>
  <message>
   <source>by seconds</source>
   <translation>按秒</translation>
  </message>
  <message>
   <source>drill</source>
   <translation>演习</translation>
  </message>
  <message>
   <source>drill: {what}</source>
   <translation>演习：{what}</translation>
  </message>
  <message>
   <source>evidence</source>
   <translation>证据</translation>
  </message>
  <message>
   <source>fault</source>
   <translation>故障</translation>
  </message>
  <message>
   <source>fault made on purpose: {what}</source>
   <translation>有意制造的故障：{what}</translation>
  </message>
  <message>
   <source>from {begin} to {end}, {duration}</source>
   <translation>{begin} 至 {end}，{duration}</translation>
  </message>
  <message>
   <source>no entry lost</source>
   <translation>没有丢失分录</translation>
  </message>
  <message>
   <source>no primary for {time}</source>
   <translation>已 {time} 没有主库</translation>
  </message>
  <message>
   <source>nothing lost</source>
   <translation>没有丢失</translation>
  </message>
  <message>
   <source>of {n} seconds no picture is kept</source>
   <translation>{n} 秒没有保存画面</translation>
  </message>
  <message>
   <source>open since {at}, for {time}</source>
   <translation>自 {at} 起未结束，已 {time}</translation>
  </message>
  <message>
   <source>pictures</source>
   <translation>画面</translation>
  </message>
  <message>
   <source>report</source>
   <translation>报告</translation>
  </message>
  <message>
   <source>run</source>
   <translation>运行</translation>
  </message>
  <message>
   <source>since {at}, goes on for {duration}</source>
   <translation>自 {at} 起，已持续 {duration}</translation>
  </message>
  <message>
   <source>somebody</source>
   <translation>某人</translation>
  </message>
  <message>
   <source>verdict</source>
   <translation>判定</translation>
  </message>
  <message>
   <source>{at}, {time}</source>
   <translation>{at}，{time}</translation>
  </message>
  <message>
   <source>{at}; last before it: {line}</source>
   <translation>{at}；此前最后一条：{line}</translation>
  </message>
  <message>
   <source>{cluster}: {what}</source>
   <translation>{cluster}：{what}</translation>
  </message>
  <message>
   <source>{duration} without a primary</source>
   <translation>{duration} 无主库</translation>
  </message>
  <message>
   <source>{guard}: {observed}</source>
   <translation>{guard}：{observed}</translation>
  </message>
  <message>
   <source>{guard}: {observed}, against {threshold}</source>
   <translation>{guard}：{observed}，限值 {threshold}</translation>
  </message>
  <message>
   <source>{name} {value}</source>
   <translation>{name} {value}</translation>
  </message>
  <message>
   <source>{node}: {what}</source>
   <translation>{node}：{what}</translation>
  </message>
  <message>
   <source>{n} alerts</source>
   <translation>{n} 项告警</translation>
  </message>
  <message>
   <source>{n} entries lost</source>
   <translation>丢失 {n} 笔分录</translation>
  </message>
  <message>
   <source>{n} further lines were not kept</source>
   <translation>另有 {n} 条记录未保存</translation>
  </message>
  <message>
   <source>{n} incidents are open, the first: {title}</source>
   <translation>{n} 个事件未结束，第一个：{title}</translation>
  </message>
  <message>
   <source>{n} lines</source>
   <translation>{n} 条记录</translation>
  </message>
  <message>
   <source>{n} newer: show</source>
   <translation>{n} 项更新：显示</translation>
  </message>
  <message>
   <source>{n} older lines are not shown here</source>
   <translation>另有 {n} 条更早的记录未在此显示</translation>
  </message>
  <message>
   <source>{n} open</source>
   <translation>{n} 个未结束</translation>
  </message>
  <message>
   <source>{n} runs</source>
   <translation>{n} 次运行</translation>
  </message>
  <message>
   <source>{n} seconds a second</source>
   <translation>每秒 {n} 秒</translation>
  </message>
  <message>
   <source>{n}×</source>
   <translation>{n}×</translation>
  </message>
  <message>
   <source>{text} (drill)</source>
   <translation>{text}（演习）</translation>
  </message>
  <message>
   <source>{text} ({details})</source>
   <translation>{text}（{details}）</translation>
  </message>
  <message>
   <source>{text} ({source})</source>
   <translation>{text}（{source}）</translation>
  </message>
  <message>
   <source>{text}: {note}</source>
   <translation>{text}：{note}</translation>
  </message>
  <message>
   <source>{time} after it began</source>
   <translation>开始后 {time}</translation>
  </message>
  <message>
   <source>{time} before it began</source>
   <translation>开始前 {time}</translation>
  </message>
  <message>
   <source>{what} ({health})</source>
   <translation>{what}（{health}）</translation>
  </message>
  <message>
   <source>{what} is over</source>
   <translation>{what} 已结束</translation>
  </message>
  <message>
   <source>{what} on {node}</source>
   <translation>{node}：{what}</translation>
  </message>
  <message>
   <source>{what} {about}</source>
   <translation>{what} {about}</translation>
  </message>
  <message>
   <source>{what}, step {step}: {state}</source>
   <translation>{what}，步骤 {step}：{state}</translation>
  </message>
  <message>
   <source>{what}: {state}</source>
   <translation>{what}：{state}</translation>
  </message>
  <message>
   <source>{who} took the alert {what}</source>
   <translation>{who} 接手告警 {what}</translation>
  </message>
  <message>
   <source>{who}: {what}</source>
   <translation>{who}：{what}</translation>
  </message>
 </context>
 <context>
  <name>indicator</name>
  <message>
   <source>1 entry</source>
   <translation>1 笔分录</translation>
  </message>
  <message>
   <source>1 older not shown</source>
   <translation>另有 1 条更早的未显示</translation>
  </message>
  <message>
   <source>1 record says nothing of it</source>
   <translation>有 1 条记录未说明</translation>
  </message>
  <message>
   <source>A = 1/N·100 %: the share of one of N nodes, not a time</source>
   <translation>A = 1/N·100 %：N 个节点中一个所占的份额，不是时间</translation>
  </message>
  <message>
   <source>As defined</source>
   <translation>按定义</translation>
  </message>
  <message>
   <source>As the trade measures it</source>
   <translation>按行业惯例</translation>
  </message>
  <message>
   <source>Availability</source>
   <translation>可用性</translation>
  </message>
  <message>
   <source>Back to all runs</source>
   <translation>返回全部运行</translation>
  </message>
  <message>
   <source>Backup restored in a sandbox</source>
   <translation>在沙箱中还原备份</translation>
  </message>
  <message>
   <source>Choose a figure to see the records behind it.</source>
   <translation>选择一个数字，查看其背后的记录。</translation>
  </message>
  <message>
   <source>Comparison of all copies</source>
   <translation>比对全部副本</translation>
  </message>
  <message>
   <source>Copies proven</source>
   <translation>已证明的副本</translation>
  </message>
  <message>
   <source>Entries recovered</source>
   <translation>已恢复的分录</translation>
  </message>
  <message>
   <source>F counted to the first block that differs</source>
   <translation>F 只数到首个不同的块</translation>
  </message>
  <message>
   <source>Failover</source>
   <translation>故障切换</translation>
  </message>
  <message>
   <source>Go to Drills</source>
   <translation>前往演习</translation>
  </message>
  <message>
   <source>Incident</source>
   <translation>事件</translation>
  </message>
  <message>
   <source>Its figures</source>
   <translation>其指标</translation>
  </message>
  <message>
   <source>MTBF</source>
   <translation>MTBF</translation>
  </message>
  <message>
   <source>MTBF/(MTBF+MTTR)</source>
   <translation>MTBF/(MTBF+MTTR)</translation>
  </message>
  <message>
   <source>MTTR</source>
   <translation>MTTR</translation>
  </message>
  <message>
   <source>No cluster is chosen. Choose one at the left to see what its records prove.</source>
   <translation>未选择集群。在左侧选择一个，查看其记录能证明什么。</translation>
  </message>
  <message>
   <source>No record in this time. A restore drill or a comparison of the copies on the Drills page gives the first figures, and changes no server.</source>
   <translation>这段时间内没有记录。在“演习”页做一次还原演习或比对副本，即可得到首批数字，且不改动任何服务器。</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>打开</translation>
  </message>
  <message>
   <source>R = (1 − L/D)·100 %: D entries there before, L of them missing after</source>
   <translation>R = (1 − L/D)·100 %：D 为之前的分录数，L 为其中之后缺失的</translation>
  </message>
  <message>
   <source>R = N/(2N − F)·100 %: N blocks of the primary, F of them failed in the last check of the copies</source>
   <translation>R = N/(2N − F)·100 %：N 为主库的块数，F 为最近一次副本检查中未通过的</translation>
  </message>
  <message>
   <source>RTO measured, p50</source>
   <translation>实测 RTO，p50</translation>
  </message>
  <message>
   <source>RTO measured, p95</source>
   <translation>实测 RTO，p95</translation>
  </message>
  <message>
   <source>RTO promised</source>
   <translation>承诺的 RTO</translation>
  </message>
  <message>
   <source>Reading the records of {cluster} …</source>
   <translation>正在读取 {cluster} 的记录…</translation>
  </message>
  <message>
   <source>Recovery rate</source>
   <translation>恢复率</translation>
  </message>
  <message>
   <source>Recovery time</source>
   <translation>恢复时间</translation>
  </message>
  <message>
   <source>Redundancy rate</source>
   <translation>冗余率</translation>
  </message>
  <message>
   <source>Restart</source>
   <translation>重启</translation>
  </message>
  <message>
   <source>Restore drill</source>
   <translation>还原演习</translation>
  </message>
  <message>
   <source>Restore of the cluster</source>
   <translation>还原集群</translation>
  </message>
  <message>
   <source>Run</source>
   <translation>运行</translation>
  </message>
  <message>
   <source>Run {run} of {cluster}</source>
   <translation>{cluster} 的运行 {run}</translation>
  </message>
  <message>
   <source>Since {begin} UTC</source>
   <translation>自 {begin} UTC 起</translation>
  </message>
  <message>
   <source>Switchover</source>
   <translation>计划切换</translation>
  </message>
  <message>
   <source>T = 100 %/R: R in % recovered a second by the last restore or failover</source>
   <translation>T = 100 %/R：R 为最近一次还原或故障切换每秒恢复的百分比</translation>
  </message>
  <message>
   <source>The engine does not answer: these are the figures of its last answer.</source>
   <translation>引擎没有应答：以下是其最近一次应答的数字。</translation>
  </message>
  <message>
   <source>Time: {time}. Change</source>
   <translation>时间：{time}。更改</translation>
  </message>
  <message>
   <source>What it rests on</source>
   <translation>依据</translation>
  </message>
  <message>
   <source>Writes stopped</source>
   <translation>写入停止</translation>
  </message>
  <message>
   <source>Year's allowance used</source>
   <translation>全年限额已用</translation>
  </message>
  <message>
   <source>a clock jumped: the record ends before it begins</source>
   <translation>时钟跳变：记录的结束早于开始</translation>
  </message>
  <message>
   <source>added up over {n} runs</source>
   <translation>{n} 次运行合计</translation>
  </message>
  <message>
   <source>at least {value}</source>
   <translation>至少 {value}</translation>
  </message>
  <message>
   <source>compared {at} UTC</source>
   <translation>{at} UTC 比对</translation>
  </message>
  <message>
   <source>from the inventory</source>
   <translation>来自清单</translation>
  </message>
  <message>
   <source>how many entries there were is not known</source>
   <translation>原有多少分录未知</translation>
  </message>
  <message>
   <source>in {time} watched</source>
   <translation>共监视 {time}</translation>
  </message>
  <message>
   <source>last day</source>
   <translation>最近 1 天</translation>
  </message>
  <message>
   <source>last {n} days</source>
   <translation>最近 {n} 天</translation>
  </message>
  <message>
   <source>lost once</source>
   <translation>丢失 1 次</translation>
  </message>
  <message>
   <source>lost {n} times</source>
   <translation>丢失 {n} 次</translation>
  </message>
  <message>
   <source>never lost</source>
   <translation>从未丢失</translation>
  </message>
  <message>
   <source>no copy could be compared</source>
   <translation>没有可比对的副本</translation>
  </message>
  <message>
   <source>no failover, switchover or restore ended in this time</source>
   <translation>这段时间内没有完成的故障切换、计划切换或还原</translation>
  </message>
  <message>
   <source>nobody was watching in this time</source>
   <translation>这段时间内无人监视</translation>
  </message>
  <message>
   <source>not a figure of one run</source>
   <translation>不是单次运行的指标</translation>
  </message>
  <message>
   <source>not measured</source>
   <translation>未测量</translation>
  </message>
  <message>
   <source>not promised</source>
   <translation>未承诺</translation>
  </message>
  <message>
   <source>nothing promised</source>
   <translation>没有承诺</translation>
  </message>
  <message>
   <source>nothing was recovered</source>
   <translation>什么也没有恢复</translation>
  </message>
  <message>
   <source>numbers of this ledger have gaps and count nothing</source>
   <translation>此账本的编号有间断，不能用来计数</translation>
  </message>
  <message>
   <source>of 1 drill</source>
   <translation>依据 1 次演习</translation>
  </message>
  <message>
   <source>of 1 recovery or drill</source>
   <translation>依据 1 次恢复或演习</translation>
  </message>
  <message>
   <source>of 1 run</source>
   <translation>依据 1 次运行</translation>
  </message>
  <message>
   <source>of the last recovery</source>
   <translation>依据最近一次恢复</translation>
  </message>
  <message>
   <source>of the last restore, in a sandbox</source>
   <translation>依据最近一次沙箱还原</translation>
  </message>
  <message>
   <source>of {n} drills</source>
   <translation>依据 {n} 次演习</translation>
  </message>
  <message>
   <source>of {n} recoveries and drills</source>
   <translation>依据 {n} 次恢复和演习</translation>
  </message>
  <message>
   <source>over the promise</source>
   <translation>超出承诺</translation>
  </message>
  <message>
   <source>share of one node, of 1</source>
   <translation>单个节点的份额，共 1 个</translation>
  </message>
  <message>
   <source>share of one node, of {n}</source>
   <translation>单个节点的份额，共 {n} 个</translation>
  </message>
  <message>
   <source>the cluster has no ledger that is read</source>
   <translation>该集群没有可读取的账本</translation>
  </message>
  <message>
   <source>the copies were never compared</source>
   <translation>从未比对过副本</translation>
  </message>
  <message>
   <source>the inventory names no rto_seconds_max</source>
   <translation>清单中没有 rto_seconds_max</translation>
  </message>
  <message>
   <source>the inventory names no server</source>
   <translation>清单中没有服务器</translation>
  </message>
  <message>
   <source>the last comparison lies before this time</source>
   <translation>最近一次比对早于这段时间</translation>
  </message>
  <message>
   <source>the loss is not known</source>
   <translation>丢失量未知</translation>
  </message>
  <message>
   <source>the primary was not among what was compared</source>
   <translation>比对中没有主库</translation>
  </message>
  <message>
   <source>the record does not say it</source>
   <translation>记录中没有说明</translation>
  </message>
  <message>
   <source>the record names more lost than there were</source>
   <translation>记录中的丢失量多于原有数量</translation>
  </message>
  <message>
   <source>the record of its run is gone</source>
   <translation>其运行的记录已不存在</translation>
  </message>
  <message>
   <source>the time without writes was not measured</source>
   <translation>写入中断的时间未测量</translation>
  </message>
  <message>
   <source>there was nothing to lose</source>
   <translation>没有可丢失的内容</translation>
  </message>
  <message>
   <source>when writes stopped was not seen</source>
   <translation>未观察到写入何时停止</translation>
  </message>
  <message>
   <source>without writes in {year}</source>
   <translation>{year} 年内写入中断</translation>
  </message>
  <message>
   <source>{act}: {what}</source>
   <translation>{act}：{what}</translation>
  </message>
  <message>
   <source>{at} UTC  {what} ({id}): {figures}</source>
   <translation>{at} UTC  {what}（{id}）：{figures}</translation>
  </message>
  <message>
   <source>{begin} to {end} UTC</source>
   <translation>{begin} 至 {end} UTC</translation>
  </message>
  <message>
   <source>{cluster}: 1 change of roles or restore lost no entry</source>
   <translation>{cluster}：1 次切换或还原没有丢失任何分录</translation>
  </message>
  <message>
   <source>{cluster}: at most {lost} lost in 1 change of roles or restore</source>
   <translation>{cluster}：1 次切换或还原最多丢失 {lost}</translation>
  </message>
  <message>
   <source>{cluster}: at most {lost} lost in {n} changes of roles and restores</source>
   <translation>{cluster}：{n} 次切换和还原最多丢失 {lost}</translation>
  </message>
  <message>
   <source>{cluster}: at most {lost} lost, of {all}</source>
   <translation>{cluster}：最多丢失 {lost}，共 {all} 笔</translation>
  </message>
  <message>
   <source>{cluster}: what a recovery loses is not measured</source>
   <translation>{cluster}：恢复会丢失多少，尚未测量</translation>
  </message>
  <message>
   <source>{cluster}: {lost} lost in 1 change of roles or restore</source>
   <translation>{cluster}：1 次切换或还原丢失 {lost}</translation>
  </message>
  <message>
   <source>{cluster}: {lost} lost in {n} changes of roles and restores</source>
   <translation>{cluster}：{n} 次切换和还原丢失 {lost}</translation>
  </message>
  <message>
   <source>{cluster}: {lost} lost, of {all}</source>
   <translation>{cluster}：丢失 {lost}，共 {all} 笔</translation>
  </message>
  <message>
   <source>{cluster}: {n} changes of roles and restores lost no entry</source>
   <translation>{cluster}：{n} 次切换和还原没有丢失任何分录</translation>
  </message>
  <message>
   <source>{lost} of {all} blocks differ</source>
   <translation>{all} 个块中有 {lost} 个不同</translation>
  </message>
  <message>
   <source>{lost} of {all} entries lost</source>
   <translation>{all} 笔分录中丢失 {lost} 笔</translation>
  </message>
  <message>
   <source>{n} %</source>
   <translation>{n} %</translation>
  </message>
  <message>
   <source>{n} entries</source>
   <translation>{n} 笔分录</translation>
  </message>
  <message>
   <source>{n} min</source>
   <translation>{n} 分</translation>
  </message>
  <message>
   <source>{n} older not shown</source>
   <translation>另有 {n} 条更早的未显示</translation>
  </message>
  <message>
   <source>{n} records say nothing of it</source>
   <translation>有 {n} 条记录未说明</translation>
  </message>
  <message>
   <source>{period}; from 1 record, nothing is typed in</source>
   <translation>{period}；来自 1 条记录，没有手工填写</translation>
  </message>
  <message>
   <source>{period}; from {n} records, nothing is typed in</source>
   <translation>{period}；来自 {n} 条记录，没有手工填写</translation>
  </message>
  <message>
   <source>{time} without writes</source>
   <translation>写入中断 {time}</translation>
  </message>
  <message>
   <source>{title}: {value} ({basis})</source>
   <translation>{title}：{value}（{basis}）</translation>
  </message>
  <message>
   <source>{title}: {value}, {basis}</source>
   <translation>{title}：{value}，{basis}</translation>
  </message>
  <message>
   <source>{value} of {all}</source>
   <translation>{value} / {all}</translation>
  </message>
  <message>
   <source>{what}, {node}</source>
   <translation>{what}，{node}</translation>
  </message>
 </context>
 <context>
  <name>keys</name>
  <message>
   <source>Acknowledge the alert on top, with a note</source>
   <translation>确认最上面的告警，附备注</translation>
  </message>
  <message>
   <source>Add a cluster</source>
   <translation>添加集群</translation>
  </message>
  <message>
   <source>All keys</source>
   <translation>所有按键</translation>
  </message>
  <message>
   <source>Close the window; the engine goes on watching</source>
   <translation>关闭窗口；引擎继续监视</translation>
  </message>
  <message>
   <source>Filter clusters and nodes</source>
   <translation>筛选集群和节点</translation>
  </message>
  <message>
   <source>Go to a page, a cluster or a node</source>
   <translation>转到页面、集群或节点</translation>
  </message>
  <message>
   <source>Go to the list of clusters and nodes</source>
   <translation>转到集群和节点列表</translation>
  </message>
  <message>
   <source>In a wizard: rehearse the plan; on the Backups page: restore …</source>
   <translation>在向导中：演练计划；在“备份”页：还原…</translation>
  </message>
  <message>
   <source>In a wizard: the step before</source>
   <translation>在向导中：上一步</translation>
  </message>
  <message>
   <source>Leave: close what lies on top, empty the filter, go back to the Fleet</source>
   <translation>离开：关闭最上层、清空筛选、返回“总览”</translation>
  </message>
  <message>
   <source>On the Backups page: back up now</source>
   <translation>在“备份”页：立即备份</translation>
  </message>
  <message>
   <source>On the Backups page: restore the newest backup and show it</source>
   <translation>在“备份”页：还原最新备份并显示</translation>
  </message>
  <message>
   <source>On the Incidents page: play the incident, or pause</source>
   <translation>在“事件”页：播放事件，或暂停</translation>
  </message>
  <message>
   <source>On the Incidents page: the picture of a second before, or after</source>
   <translation>在“事件”页：前一秒或后一秒的画面</translation>
  </message>
  <message>
   <source>On the Recovery page: copy the situation as text</source>
   <translation>在“恢复”页：将情况复制为文本</translation>
  </message>
  <message>
   <source>On the Recovery, Backups, Drills, Scoreboard pages, in a wizard: ask anew</source>
   <translation>在“恢复”“备份”“演习”“记分板”页和向导中：重新询问</translation>
  </message>
  <message>
   <source>Open what has the focus</source>
   <translation>打开焦点所在项</translation>
  </message>
  <message>
   <source>Page: {page}</source>
   <translation>页面：{page}</translation>
  </message>
  <message>
   <source>Show the alert on top, then the next</source>
   <translation>显示最上面的告警，然后下一项</translation>
  </message>
  <message>
   <source>Silence the alert on top for a time</source>
   <translation>将最上面的告警静默一段时间</translation>
  </message>
  <message>
   <source>Stop the plan that runs after this step, or a drill, or cancel a backup</source>
   <translation>在此步骤后停止运行中的计划，或停止演习，或取消备份</translation>
  </message>
  <message>
   <source>The page's main act, or the next step of a wizard</source>
   <translation>页面的主要操作，或向导的下一步</translation>
  </message>
  <message>
   <source>To the next control; with Shift to the one before</source>
   <translation>到下一个控件；加 Shift 到上一个</translation>
  </message>
  <message>
   <source>Within a list</source>
   <translation>在列表内</translation>
  </message>
 </context>
 <context>
  <name>lab</name>
  <message>
   <source>Another rate …</source>
   <translation>其他速率…</translation>
  </message>
  <message>
   <source>Close SSH</source>
   <translation>关闭 SSH</translation>
  </message>
  <message>
   <source>Entries per second</source>
   <translation>每秒分录数</translation>
  </message>
  <message>
   <source>Fill the disk</source>
   <translation>填满磁盘</translation>
  </message>
  <message>
   <source>Freeze</source>
   <translation>冻结</translation>
  </message>
  <message>
   <source>Kill the postmaster alone (kill -9)</source>
   <translation>仅终止 postmaster（kill -9）</translation>
  </message>
  <message>
   <source>Kill the whole server (kill -9)</source>
   <translation>终止整个服务器（kill -9）</translation>
  </message>
  <message>
   <source>Lab</source>
   <translation>实验环境</translation>
  </message>
  <message>
   <source>Lab: break and mend this cluster on purpose</source>
   <translation>实验环境：有意破坏并修复此集群</translation>
  </message>
  <message>
   <source>Mend everything</source>
   <translation>全部修复</translation>
  </message>
  <message>
   <source>Mend {node}</source>
   <translation>修复 {node}</translation>
  </message>
  <message>
   <source>No entries</source>
   <translation>无分录</translation>
  </message>
  <message>
   <source>Open SSH</source>
   <translation>打开 SSH</translation>
  </message>
  <message>
   <source>Pause replay</source>
   <translation>暂停重放</translation>
  </message>
  <message>
   <source>Resume replay</source>
   <translation>继续重放</translation>
  </message>
  <message>
   <source>Start</source>
   <translation>启动</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>Thaw</source>
   <translation>解冻</translation>
  </message>
  <message>
   <source>Workload</source>
   <translation>负载</translation>
  </message>
  <message>
   <source>{n} entries per second</source>
   <translation>每秒 {n} 笔分录</translation>
  </message>
 </context>
 <context>
  <name>left</name>
  <message>
   <source>1 thing of ours lies on the nodes of {cluster}; {may} of it may be removed.</source>
   <translation>{cluster} 的节点上有 1 项我们的遗留；其中 {may} 项可移除。</translation>
  </message>
  <message>
   <source>1 thing was removed from the nodes of {cluster}. There still: {left}.</source>
   <translation>已从 {cluster} 的节点移除 1 项。仍有：{left}。</translation>
  </message>
  <message>
   <source>Not removed: {what} on {node}, {where}: {said}</source>
   <translation>未移除：{node} 上的 {what}，{where}：{said}</translation>
  </message>
  <message>
   <source>Nothing of ours lies on the nodes of {cluster} that answered.</source>
   <translation>{cluster} 有应答的节点上没有我们的遗留。</translation>
  </message>
  <message>
   <source>WAL beyond a fork</source>
   <translation>分叉点之后的 WAL</translation>
  </message>
  <message>
   <source>a command that was cut left it</source>
   <translation>由被中断的命令遗留</translation>
  </message>
  <message>
   <source>a copy that did not take the data's place</source>
   <translation>未取代数据的副本</translation>
  </message>
  <message>
   <source>a long command and its log</source>
   <translation>长时间命令及其日志</translation>
  </message>
  <message>
   <source>a rejoin configured it and was not proven</source>
   <translation>由重新加入所配置，未得到证明</translation>
  </message>
  <message>
   <source>a restored copy that waits, or was left, beside the data</source>
   <translation>在数据旁等待或遗留的还原副本</translation>
  </message>
  <message>
   <source>a rewind was begun there and did not end</source>
   <translation>那里开始的回退（rewind）未结束</translation>
  </message>
  <message>
   <source>a run has not ended, and may need it</source>
   <translation>有运行未结束，可能需要它</translation>
  </message>
  <message>
   <source>a server that was started by us wrote it</source>
   <translation>由我们启动的服务器所写</translation>
  </message>
  <message>
   <source>a start of ours lets the messages go there again</source>
   <translation>我们启动时会使消息再写到那里</translation>
  </message>
  <message>
   <source>a stopped server was read there, closed</source>
   <translation>在那里以封闭方式读取过已停止的服务器</translation>
  </message>
  <message>
   <source>another console began it, and clears it away</source>
   <translation>由另一个控制台开始，由其清除</translation>
  </message>
  <message>
   <source>as it was before a rejoin</source>
   <translation>重新加入之前的状态</translation>
  </message>
  <message>
   <source>as it was before a rewind</source>
   <translation>回退（rewind）之前的状态</translation>
  </message>
  <message>
   <source>closed reading</source>
   <translation>封闭读取</translation>
  </message>
  <message>
   <source>copy beside the data</source>
   <translation>数据旁的副本</translation>
  </message>
  <message>
   <source>emptied when the node was cut from its upstream</source>
   <translation>节点与上游切断时被清空</translation>
  </message>
  <message>
   <source>how the server was started before it was read closed</source>
   <translation>以封闭方式读取之前服务器的启动方式</translation>
  </message>
  <message>
   <source>it belongs to another cluster that had the same place</source>
   <translation>属于曾占用同一位置的另一个集群</translation>
  </message>
  <message>
   <source>it goes with the directory that it speaks of</source>
   <translation>随其所述的目录一同处理</translation>
  </message>
  <message>
   <source>it is empty, and whoever takes the lock needs it</source>
   <translation>它是空的，获取锁时需要它</translation>
  </message>
  <message>
   <source>it is in use</source>
   <translation>正在使用</translation>
  </message>
  <message>
   <source>it may hold what is nowhere else: delete it on {node} yourself</source>
   <translation>其中可能有别处没有的内容：自行在 {node} 上删除</translation>
  </message>
  <message>
   <source>it runs</source>
   <translation>正在运行</translation>
  </message>
  <message>
   <source>its node is away, and will need this WAL when it comes back</source>
   <translation>其节点不在，回来时需要这些 WAL</translation>
  </message>
  <message>
   <source>its term must only grow: an old command is known by it</source>
   <translation>其任期只能增大：据此识别旧命令</translation>
  </message>
  <message>
   <source>its upstream was another than the primary: rejoin {node}</source>
   <translation>其上游不是主库：重新加入 {node}</translation>
  </message>
  <message>
   <source>keeps WAL, and nobody uses it</source>
   <translation>保留 WAL，且无人使用</translation>
  </message>
  <message>
   <source>keeps two consoles from changing the cluster at once</source>
   <translation>防止两个控制台同时更改集群</translation>
  </message>
  <message>
   <source>kept as evidence</source>
   <translation>作为证据保留</translation>
  </message>
  <message>
   <source>kept configuration</source>
   <translation>保留的配置</translation>
  </message>
  <message>
   <source>kept login</source>
   <translation>保留的登录</translation>
  </message>
  <message>
   <source>kept setting</source>
   <translation>保留的设置</translation>
  </message>
  <message>
   <source>kept until the new copy is proven</source>
   <translation>保留到新副本得到证明</translation>
  </message>
  <message>
   <source>lets two that want the lock come one after the other</source>
   <translation>使两个要获取锁的控制台依次进行</translation>
  </message>
  <message>
   <source>lock file</source>
   <translation>锁文件</translation>
  </message>
  <message>
   <source>log of a server</source>
   <translation>服务器的日志</translation>
  </message>
  <message>
   <source>mark of a fence</source>
   <translation>隔离的标记</translation>
  </message>
  <message>
   <source>mark of a rejoin</source>
   <translation>重新加入的标记</translation>
  </message>
  <message>
   <source>mark of a rewind</source>
   <translation>回退（rewind）的标记</translation>
  </message>
  <message>
   <source>may be removed</source>
   <translation>可移除</translation>
  </message>
  <message>
   <source>no mark of ours says that we made it</source>
   <translation>没有标记表明由我们创建</translation>
  </message>
  <message>
   <source>nothing may start there before a new copy: rejoin {node}</source>
   <translation>有新副本之前那里不得启动：重新加入 {node}</translation>
  </message>
  <message>
   <source>old data</source>
   <translation>旧数据</translation>
  </message>
  <message>
   <source>passing file</source>
   <translation>临时文件</translation>
  </message>
  <message>
   <source>place of the server's log</source>
   <translation>服务器日志的位置</translation>
  </message>
  <message>
   <source>replication slot</source>
   <translation>复制槽</translation>
  </message>
  <message>
   <source>rescued WAL</source>
   <translation>抢救的 WAL</translation>
  </message>
  <message>
   <source>restore_command as it was before a rescue</source>
   <translation>抢救之前的 restore_command</translation>
  </message>
  <message>
   <source>says that the copy is complete</source>
   <translation>表明副本完整</translation>
  </message>
  <message>
   <source>says that the copy is ours</source>
   <translation>表明副本属于我们</translation>
  </message>
  <message>
   <source>setting</source>
   <translation>设置</translation>
  </message>
  <message>
   <source>signal file</source>
   <translation>信号文件</translation>
  </message>
  <message>
   <source>somebody holds it at this moment</source>
   <translation>此刻有人持有它</translation>
  </message>
  <message>
   <source>stays: {stays}</source>
   <translation>保留：{stays}</translation>
  </message>
  <message>
   <source>still reads rescued WAL</source>
   <translation>仍在读取抢救的 WAL</translation>
  </message>
  <message>
   <source>supervised command</source>
   <translation>受监管的命令</translation>
  </message>
  <message>
   <source>switched off for a promotion</source>
   <translation>为提升而关闭</translation>
  </message>
  <message>
   <source>the cluster's lock</source>
   <translation>集群的锁</translation>
  </message>
  <message>
   <source>the data as it was before a restore</source>
   <translation>还原之前的数据</translation>
  </message>
  <message>
   <source>the node logs in with it when it follows again</source>
   <translation>节点再次跟随时用它登录</translation>
  </message>
  <message>
   <source>the node was fenced</source>
   <translation>节点已被隔离</translation>
  </message>
  <message>
   <source>the node was stopped so that it could only start read-only</source>
   <translation>节点已停止，只能以只读方式启动</translation>
  </message>
  <message>
   <source>the setting has not been put back</source>
   <translation>该设置尚未复原</translation>
  </message>
  <message>
   <source>this version does not know what it is</source>
   <translation>本版本不知道它是什么</translation>
  </message>
  <message>
   <source>this version does not know what it is for</source>
   <translation>本版本不知道它的用途</translation>
  </message>
  <message>
   <source>unknown file in our place</source>
   <translation>我们的位置上有未知文件</translation>
  </message>
  <message>
   <source>{age} old</source>
   <translation>距今 {age}</translation>
  </message>
  <message>
   <source>{node} does not stream as a proven standby</source>
   <translation>{node} 不是已证明的流复制备库</translation>
  </message>
  <message>
   <source>{node} has no server that answers</source>
   <translation>{node} 没有应答的服务器</translation>
  </message>
  <message>
   <source>{node} needs it when it becomes a standby</source>
   <translation>{node} 成为备库时需要它</translation>
  </message>
  <message>
   <source>{node} was left behind, and may only start read-only until it is rejoined</source>
   <translation>{node} 被遗留，重新加入之前只能以只读方式启动</translation>
  </message>
  <message>
   <source>{node} was left behind: this may be the only copy of entries</source>
   <translation>{node} 被遗留：这可能是分录的唯一副本</translation>
  </message>
  <message>
   <source>{node} was not asked: {why}</source>
   <translation>未询问 {node}：{why}</translation>
  </message>
  <message>
   <source>{n} things of ours lie on the nodes of {cluster}; {may} of them may be removed.</source>
   <translation>{cluster} 的节点上有 {n} 项我们的遗留；其中 {may} 项可移除。</translation>
  </message>
  <message>
   <source>{n} things were removed from the nodes of {cluster}. There still: {left}.</source>
   <translation>已从 {cluster} 的节点移除 {n} 项。仍有：{left}。</translation>
  </message>
 </context>
 <context>
  <name>list</name>
  <message>
   <source>1 cluster</source>
   <translation>1 个集群</translation>
  </message>
  <message>
   <source>All clusters</source>
   <translation>所有集群</translation>
  </message>
  <message>
   <source>Clusters and nodes</source>
   <translation>集群和节点</translation>
  </message>
  <message>
   <source>Filter clusters and nodes</source>
   <translation>筛选集群和节点</translation>
  </message>
  <message>
   <source>Stripes: solid is production, two-part is staging, dotted is lab</source>
   <translation>条纹：实线为生产，两段为预发，点线为实验</translation>
  </message>
  <message>
   <source>backups</source>
   <translation>备份</translation>
  </message>
  <message>
   <source>old</source>
   <translation>旧</translation>
  </message>
  <message>
   <source>{clusters}, 1 host</source>
   <translation>{clusters}，1 台主机</translation>
  </message>
  <message>
   <source>{clusters}, {n} hosts</source>
   <translation>{clusters}，{n} 台主机</translation>
  </message>
  <message>
   <source>{n} clusters</source>
   <translation>{n} 个集群</translation>
  </message>
 </context>
 <context>
  <name>loss</name>
  <message>
   <source>1 entry</source>
   <translation>1 笔分录</translation>
  </message>
  <message>
   <source>Promoting {node} loses nothing that was acknowledged</source>
   <translation>提升 {node} 不会丢失任何已确认的内容</translation>
  </message>
  <message>
   <source>Promoting {node} now loses nothing that was seen, and up to {more} that nobody saw</source>
   <translation>现在提升 {node} 不会丢失任何已读到的内容，但最多 {more} 从未被读到</translation>
  </message>
  <message>
   <source>Promoting {node} now loses {entries}</source>
   <translation>现在提升 {node} 将丢失 {entries}</translation>
  </message>
  <message>
   <source>Promoting {node} now loses {entries}, and an unknown number that nobody has seen</source>
   <translation>现在提升 {node} 将丢失 {entries}，另有数目未知的从未被读到</translation>
  </message>
  <message>
   <source>Promoting {node} now loses {entries}, and up to {more} more that nobody has seen</source>
   <translation>现在提升 {node} 将丢失 {entries}，另有最多 {more} 从未被读到</translation>
  </message>
  <message>
   <source>What promoting {node} would lose is not known</source>
   <translation>提升 {node} 的丢失量未知</translation>
  </message>
  <message>
   <source>What would be lost is not known</source>
   <translation>丢失量未知</translation>
  </message>
  <message>
   <source>at most {n} entries</source>
   <translation>最多 {n} 笔分录</translation>
  </message>
  <message>
   <source>commits that wait for no standby stand outside of this</source>
   <translation>不等待任何备库的提交不计在内</translation>
  </message>
  <message>
   <source>loses nothing</source>
   <translation>不丢失</translation>
  </message>
  <message>
   <source>loses {figure}</source>
   <translation>丢失 {figure}</translation>
  </message>
  <message>
   <source>loses {low}, at most {high}</source>
   <translation>丢失 {low}，最多 {high}</translation>
  </message>
  <message>
   <source>loss not known</source>
   <translation>丢失量未知</translation>
  </message>
  <message>
   <source>not known</source>
   <translation>未知</translation>
  </message>
  <message>
   <source>nothing</source>
   <translation>无</translation>
  </message>
  <message>
   <source>the candidate</source>
   <translation>候选</translation>
  </message>
  <message>
   <source>the primary was last read {time} before it fell silent</source>
   <translation>主库最后一次读取在其无应答之前 {time}</translation>
  </message>
  <message>
   <source>the primary was last read {time} before it fell silent, at {rate} entries/s</source>
   <translation>主库最后一次读取在其无应答之前 {time}，{rate} 笔分录/秒</translation>
  </message>
  <message>
   <source>{low} to {high} entries</source>
   <translation>{low} 至 {high} 笔分录</translation>
  </message>
  <message>
   <source>{n} entries</source>
   <translation>{n} 笔分录</translation>
  </message>
  <message>
   <source>{n} entries or more</source>
   <translation>{n} 笔分录或更多</translation>
  </message>
 </context>
 <context>
  <name>monitoring</name>
  <message>
   <source>1 check</source>
   <translation>1 个检查脚本</translation>
  </message>
  <message>
   <source>1 check, not run yet</source>
   <translation>1 个检查脚本，尚未运行</translation>
  </message>
  <message>
   <source>A check counts for something: shown, alert, evidence, condition</source>
   <translation>检查脚本须有用途：显示、告警、证据、条件</translation>
  </message>
  <message>
   <source>A check needs a command or a statement, of one piece of text</source>
   <translation>检查脚本须有命令或语句，且为单段文本</translation>
  </message>
  <message>
   <source>A check runs every 5 seconds at most, and once a day at least</source>
   <translation>检查脚本最多每 5 秒运行一次，至少每天一次</translation>
  </message>
  <message>
   <source>A check's limit is from 0.1 seconds to 5 minutes</source>
   <translation>检查脚本的时限为 0.1 秒至 5 分钟</translation>
  </message>
  <message>
   <source>A check's name has 1 to 60 letters, digits, dots, dashes, underscores or spaces</source>
   <translation>检查脚本的名称为 1 至 60 个字母、数字、点、连字符、下划线或空格</translation>
  </message>
  <message>
   <source>A duty has to happen every so many hours, or 0 where it is none</source>
   <translation>例行任务须每若干小时进行一次，不要求则为 0</translation>
  </message>
  <message>
   <source>A host without PostgreSQL has no role</source>
   <translation>没有 PostgreSQL 的主机没有角色</translation>
  </message>
  <message>
   <source>A limit is not in Nagios's range format, as 10, 10:, ~:10, @10:20</source>
   <translation>限值不符合 Nagios 的范围格式，如 10、10:、~:10、@10:20</translation>
  </message>
  <message>
   <source>A role is primary or standby, or nothing</source>
   <translation>角色为主库或备库，或留空</translation>
  </message>
  <message>
   <source>Add a check …</source>
   <translation>添加检查脚本…</translation>
  </message>
  <message>
   <source>Asked is</source>
   <translation>查询内容</translation>
  </message>
  <message>
   <source>At most, s</source>
   <translation>最多，秒</translation>
  </message>
  <message>
   <source>Change …</source>
   <translation>更改…</translation>
  </message>
  <message>
   <source>Check</source>
   <translation>检查脚本</translation>
  </message>
  <message>
   <source>Check {check} on {cluster}</source>
   <translation>{cluster} 上的检查脚本 {check}</translation>
  </message>
  <message>
   <source>Checks</source>
   <translation>检查脚本</translation>
  </message>
  <message>
   <source>Checks and what they said</source>
   <translation>检查脚本及其结果</translation>
  </message>
  <message>
   <source>Checks get no result on {node}, as its host can't be reached</source>
   <translation>{node} 上的检查脚本没有结果，因为无法连接其主机</translation>
  </message>
  <message>
   <source>Checks: {ok} of 1 OK</source>
   <translation>检查脚本：1 个中 {ok} 个正常</translation>
  </message>
  <message>
   <source>Checks: {ok} of {n} OK</source>
   <translation>检查脚本：{n} 个中 {ok} 个正常</translation>
  </message>
  <message>
   <source>Critical</source>
   <translation>严重</translation>
  </message>
  <message>
   <source>Critical at</source>
   <translation>严重限值</translation>
  </message>
  <message>
   <source>Every, s</source>
   <translation>每隔，秒</translation>
  </message>
  <message>
   <source>It asks by</source>
   <translation>查询方式</translation>
  </message>
  <message>
   <source>It counts for</source>
   <translation>用途</translation>
  </message>
  <message>
   <source>It runs</source>
   <translation>运行节点</translation>
  </message>
  <message>
   <source>Its first line is what it says; what stands behind a | is charted.</source>
   <translation>首行为其结果；| 之后的内容绘成图表。</translation>
  </message>
  <message>
   <source>Keep it</source>
   <translation>保留</translation>
  </message>
  <message>
   <source>Leave, nothing was changed</source>
   <translation>离开，未做任何改动</translation>
  </message>
  <message>
   <source>Limits are for SQL; a command judges by its own exit status</source>
   <translation>限值用于 SQL；命令按其自身的退出状态判定</translation>
  </message>
  <message>
   <source>Nagios's ranges: 10 is outside 0 to 10, 10: is below 10, @10:20 is within</source>
   <translation>Nagios 的范围：10 为 0 至 10 之外，10: 为小于 10，@10:20 为范围之内</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>名称</translation>
  </message>
  <message>
   <source>New check on {cluster}</source>
   <translation>{cluster} 上的新检查脚本</translation>
  </message>
  <message>
   <source>No checks of your own watch this cluster yet.</source>
   <translation>此集群尚无你自己的检查脚本监视。</translation>
  </message>
  <message>
   <source>Not saved. {mistake}.</source>
   <translation>未保存。{mistake}。</translation>
  </message>
  <message>
   <source>OK</source>
   <translation>正常</translation>
  </message>
  <message>
   <source>On these nodes; none ticked: on every PostgreSQL node</source>
   <translation>仅在这些节点上；均未勾选则在每个 PostgreSQL 节点上</translation>
  </message>
  <message>
   <source>Only while a node is</source>
   <translation>仅当节点为</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>移除</translation>
  </message>
  <message>
   <source>Remove {check}? It runs no more; its readings stay until they age out.</source>
   <translation>移除 {check}？它不再运行；其读数保留至过期。</translation>
  </message>
  <message>
   <source>Run now</source>
   <translation>立即运行</translation>
  </message>
  <message>
   <source>SQL, every {every}, at most {limit}</source>
   <translation>SQL，每 {every}，最多 {limit}</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>保存</translation>
  </message>
  <message>
   <source>Saving …</source>
   <translation>正在保存…</translation>
  </message>
  <message>
   <source>State</source>
   <translation>状态</translation>
  </message>
  <message>
   <source>The check {about} gives no result on {node}</source>
   <translation>检查脚本 {about} 在 {node} 上没有结果</translation>
  </message>
  <message>
   <source>The check {about} is critical on {node}</source>
   <translation>检查脚本 {about} 在 {node} 上为严重</translation>
  </message>
  <message>
   <source>The check {about} warns on {node}</source>
   <translation>检查脚本 {about} 在 {node} 上发出警告</translation>
  </message>
  <message>
   <source>The cluster has as many checks as it may have</source>
   <translation>集群的检查脚本数量已达上限</translation>
  </message>
  <message>
   <source>The cluster has no such node, or it has no PostgreSQL to ask</source>
   <translation>集群没有该节点，或该节点没有可询问的 PostgreSQL</translation>
  </message>
  <message>
   <source>The engine does not answer. Nothing was saved; what is typed stays here.</source>
   <translation>引擎没有应答。未保存任何内容；键入的内容保留在此。</translation>
  </message>
  <message>
   <source>There is a check of this name already; replace it to change it</source>
   <translation>已有同名的检查脚本；要更改它，则替换</translation>
  </message>
  <message>
   <source>There is no check of this name</source>
   <translation>没有该名称的检查脚本</translation>
  </message>
  <message>
   <source>Unknown</source>
   <translation>未知</translation>
  </message>
  <message>
   <source>Warning</source>
   <translation>警告</translation>
  </message>
  <message>
   <source>Warning at</source>
   <translation>警告限值</translation>
  </message>
  <message>
   <source>Yes, remove it</source>
   <translation>是，移除</translation>
  </message>
  <message>
   <source>a command on the host</source>
   <translation>主机上的命令</translation>
  </message>
  <message>
   <source>a lock or the time limit stopped the statement</source>
   <translation>有锁或时限中止了语句</translation>
  </message>
  <message>
   <source>age</source>
   <translation>距今</translation>
  </message>
  <message>
   <source>an SQL statement, read only</source>
   <translation>SQL 语句，只读</translation>
  </message>
  <message>
   <source>as replication slots</source>
   <translation>如 replication slots</translation>
  </message>
  <message>
   <source>command, every {every}, at most {limit}</source>
   <translation>命令，每 {every}，最多 {limit}</translation>
  </message>
  <message>
   <source>condition for automation</source>
   <translation>自动恢复的条件</translation>
  </message>
  <message>
   <source>counts for</source>
   <translation>用途</translation>
  </message>
  <message>
   <source>evidence</source>
   <translation>证据</translation>
  </message>
  <message>
   <source>it ended with an exit status that the convention does not know</source>
   <translation>以约定之外的退出状态结束</translation>
  </message>
  <message>
   <source>it is running already</source>
   <translation>已在运行</translation>
  </message>
  <message>
   <source>it printed more than is taken; the rest was thrown away</source>
   <translation>输出超过可接受的量；其余已丢弃</translation>
  </message>
  <message>
   <source>it printed nothing</source>
   <translation>没有任何输出</translation>
  </message>
  <message>
   <source>it was ended by a signal</source>
   <translation>被信号终止</translation>
  </message>
  <message>
   <source>its answer makes no sense</source>
   <translation>其应答不合理</translation>
  </message>
  <message>
   <source>its first column is no number that a limit could judge</source>
   <translation>其第一列不是可按限值判定的数字</translation>
  </message>
  <message>
   <source>its host could not be reached</source>
   <translation>无法连接其主机</translation>
  </message>
  <message>
   <source>its program may not be run</source>
   <translation>其程序无权运行</translation>
  </message>
  <message>
   <source>its program was not found</source>
   <translation>未找到其程序</translation>
  </message>
  <message>
   <source>last {time}</source>
   <translation>上次 {time}</translation>
  </message>
  <message>
   <source>more than one statement was given</source>
   <translation>给出了多条语句</translation>
  </message>
  <message>
   <source>no end within its limit, and it could not be ended on its host</source>
   <translation>在时限内未结束，且无法在其主机上终止</translation>
  </message>
  <message>
   <source>no end within its limit; it was ended on its host</source>
   <translation>在时限内未结束；已在其主机上终止</translation>
  </message>
  <message>
   <source>no server answers</source>
   <translation>没有服务器应答</translation>
  </message>
  <message>
   <source>node</source>
   <translation>节点</translation>
  </message>
  <message>
   <source>not run yet</source>
   <translation>尚未运行</translation>
  </message>
  <message>
   <source>off</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>on every PostgreSQL node</source>
   <translation>在每个 PostgreSQL 节点上</translation>
  </message>
  <message>
   <source>on every standby</source>
   <translation>在每个备库上</translation>
  </message>
  <message>
   <source>on the primary</source>
   <translation>在主库上</translation>
  </message>
  <message>
   <source>on {nodes}</source>
   <translation>在 {nodes} 上</translation>
  </message>
  <message>
   <source>on {nodes}, while it is a standby</source>
   <translation>在 {nodes} 上，当其为备库时</translation>
  </message>
  <message>
   <source>on {nodes}, while it is primary</source>
   <translation>在 {nodes} 上，当其为主库时</translation>
  </message>
  <message>
   <source>psql was not found on its host</source>
   <translation>在其主机上未找到 psql</translation>
  </message>
  <message>
   <source>raises alerts</source>
   <translation>发出告警</translation>
  </message>
  <message>
   <source>shown</source>
   <translation>显示</translation>
  </message>
  <message>
   <source>standbys</source>
   <translation>备库</translation>
  </message>
  <message>
   <source>sudo was refused on the host</source>
   <translation>主机拒绝 sudo</translation>
  </message>
  <message>
   <source>switched off</source>
   <translation>已关闭</translation>
  </message>
  <message>
   <source>the connection was lost before it had ended</source>
   <translation>结束之前连接已断开</translation>
  </message>
  <message>
   <source>the node has another role now</source>
   <translation>节点现在的角色已不同</translation>
  </message>
  <message>
   <source>the password for its database is not known</source>
   <translation>其数据库的密码未知</translation>
  </message>
  <message>
   <source>the primary</source>
   <translation>主库</translation>
  </message>
  <message>
   <source>the server refused the statement</source>
   <translation>服务器拒绝该语句</translation>
  </message>
  <message>
   <source>the server refuses the session</source>
   <translation>服务器拒绝会话</translation>
  </message>
  <message>
   <source>the statement gave no row</source>
   <translation>语句没有返回行</translation>
  </message>
  <message>
   <source>the statement would write, and was refused</source>
   <translation>语句会写入，已被拒绝</translation>
  </message>
  <message>
   <source>what it said</source>
   <translation>结果</translation>
  </message>
  <message>
   <source>whatever its role</source>
   <translation>不论其角色</translation>
  </message>
  <message>
   <source>{checks}. Show them</source>
   <translation>{checks}。显示</translation>
  </message>
  <message>
   <source>{check} on {node}: {state}</source>
   <translation>{node} 上的 {check}：{state}</translation>
  </message>
  <message>
   <source>{label}, {unit}</source>
   <translation>{label}，{unit}</translation>
  </message>
  <message>
   <source>{label}: {lines}</source>
   <translation>{label}：{lines}</translation>
  </message>
  <message>
   <source>{line}, {said}</source>
   <translation>{line}，{said}</translation>
  </message>
  <message>
   <source>{line}: {said}</source>
   <translation>{line}：{said}</translation>
  </message>
  <message>
   <source>{node} {last}, from {least} to {most}</source>
   <translation>{node} {last}，{least} 至 {most}</translation>
  </message>
  <message>
   <source>{n} checks</source>
   <translation>{n} 个检查脚本</translation>
  </message>
  <message>
   <source>{n} checks, not run yet</source>
   <translation>{n} 个检查脚本，尚未运行</translation>
  </message>
  <message>
   <source>{said} ({why})</source>
   <translation>{said}（{why}）</translation>
  </message>
  <message>
   <source>{said}. Nothing was changed.</source>
   <translation>{said}。未做任何改动。</translation>
  </message>
  <message>
   <source>{said}; {worst}</source>
   <translation>{said}；{worst}</translation>
  </message>
  <message>
   <source>{told}: {detail}</source>
   <translation>{told}：{detail}</translation>
  </message>
 </context>
 <context>
  <name>patroni</name>
  <message>
   <source>A diverged data directory is thrown away by itself, with entries that only it may hold.</source>
   <translation>分叉的数据目录会被自动丢弃，连同可能只有它持有的分录。</translation>
  </message>
  <message>
   <source>A failover may lose up to {observed} (maximum_lag_on_failover) without asking anybody.</source>
   <translation>故障切换可能丢失最多 {observed}（maximum_lag_on_failover），且不询问任何人。</translation>
  </message>
  <message>
   <source>A switchover is scheduled already.</source>
   <translation>已预定一次计划切换。</translation>
  </message>
  <message>
   <source>It is so already.</source>
   <translation>已经如此。</translation>
  </message>
  <message>
   <source>It lives at least {time} longer if nobody renews it.</source>
   <translation>如果无人续期，至少还有效 {time}。</translation>
  </message>
  <message>
   <source>Its settings could not be read.</source>
   <translation>其设置无法读取。</translation>
  </message>
  <message>
   <source>Key lives {ttl}, loop {loop}, retry {retry}, {sync}, restart in place within {restart}</source>
   <translation>领导键有效期 {ttl}，循环 {loop}，重试 {retry}，{sync}，就地重启限 {restart} 内</translation>
  </message>
  <message>
   <source>No Patroni runs on {node}: whatever its server does, nobody looks after it.</source>
   <translation>{node} 上没有 Patroni 在运行：无论其服务器做什么，都无人照管。</translation>
  </message>
  <message>
   <source>No standby confirms commits: if the primary died now, Patroni would let nobody take over.</source>
   <translation>没有备库确认提交：如果主库此刻失效，Patroni 不会让任何节点接管。</translation>
  </message>
  <message>
   <source>Nobody holds the key of {cluster}.</source>
   <translation>没有节点持有 {cluster} 的领导键。</translation>
  </message>
  <message>
   <source>Nobody holds the key, so there is nothing to copy from.</source>
   <translation>没有节点持有领导键，因此没有可拷贝的来源。</translation>
  </message>
  <message>
   <source>Nobody holds the key: no server may take writes.</source>
   <translation>没有节点持有领导键：任何服务器都不能接受写入。</translation>
  </message>
  <message>
   <source>Not proven after {time}. {answer} Last seen: {seen}. Wanted: {wanted}.</source>
   <translation>{time} 后仍未证明。{answer}最后所见：{seen}。应为：{wanted}。</translation>
  </message>
  <message>
   <source>Patroni is held</source>
   <translation>Patroni 已暂停</translation>
  </message>
  <message>
   <source>Patroni is paused: if the primary dies, nobody takes over.</source>
   <translation>Patroni 已暂停：如果主库失效，无人接管。</translation>
  </message>
  <message>
   <source>Patroni is paused: it changes no roles by itself.</source>
   <translation>Patroni 已暂停：不会自动改变角色。</translation>
  </message>
  <message>
   <source>Patroni of {cluster} acts by itself again, taken up by every member that answers, proven after {time}.</source>
   <translation>{cluster} 的 Patroni 已重新自动运作，所有应答的成员均已采纳，{time} 后证明。</translation>
  </message>
  <message>
   <source>Patroni of {cluster} is paused, taken up by every member that answers, proven after {time}. If the primary dies now, nobody takes over.</source>
   <translation>{cluster} 的 Patroni 已暂停，所有应答的成员均已采纳，{time} 后证明。如果主库此刻失效，无人接管。</translation>
  </message>
  <message>
   <source>Patroni refused it: {said}. It is not so: {seen}.</source>
   <translation>Patroni 拒绝：{said}。并非如此：{seen}。</translation>
  </message>
  <message>
   <source>Patroni said: {said}.</source>
   <translation>Patroni 的应答：{said}。</translation>
  </message>
  <message>
   <source>Replication is asynchronous: a failover may lose what no standby has.</source>
   <translation>复制是异步的：故障切换可能丢失没有备库持有的内容。</translation>
  </message>
  <message>
   <source>SPLIT BRAIN: {node} takes writes without the key, which {observed} holds. Fence {node} first.</source>
   <translation>脑裂：{node} 没有领导键却接受写入，领导键由 {observed} 持有。先隔离 {node}。</translation>
  </message>
  <message>
   <source>The Patroni of {node} gives no answer, and it holds the key: when that runs out, another leads.</source>
   <translation>{node} 的 Patroni 没有应答，而它持有领导键：领导键到期后，由另一个节点主导。</translation>
  </message>
  <message>
   <source>The Patroni of {node} gives no answer.</source>
   <translation>{node} 的 Patroni 没有应答。</translation>
  </message>
  <message>
   <source>The consensus store has no majority.</source>
   <translation>共识存储没有多数。</translation>
  </message>
  <message>
   <source>The consensus store has no majority: no Patroni can lead. Mend the store; the data is not at fault.</source>
   <translation>共识存储没有多数：任何 Patroni 都不能主导。修复存储；数据没有问题。</translation>
  </message>
  <message>
   <source>The consensus store of {cluster} has no majority: Patroni demotes the primary, nobody leads.</source>
   <translation>{cluster} 的共识存储没有多数：Patroni 将主库降级，没有节点主导。</translation>
  </message>
  <message>
   <source>The group knows of no member {node}.</source>
   <translation>组中没有成员 {node}。</translation>
  </message>
  <message>
   <source>The interface of {node} asks for no password: whoever reaches it can change the cluster.</source>
   <translation>{node} 的接口不要求密码：任何能连接它的人都可更改集群。</translation>
  </message>
  <message>
   <source>The key lives {observed}: so long is an outage at least.</source>
   <translation>领导键有效期 {observed}：写入中断至少这么久。</translation>
  </message>
  <message>
   <source>The server of {node} was started anew and runs, proven after {time}.</source>
   <translation>{node} 的服务器已重新启动并在运行，{time} 后证明。</translation>
  </message>
  <message>
   <source>Two servers take writes: that comes first.</source>
   <translation>两个服务器接受写入：先处理它。</translation>
  </message>
  <message>
   <source>Whether Patroni does it is not known: {said}.</source>
   <translation>Patroni 是否执行未知：{said}。</translation>
  </message>
  <message>
   <source>Whether the consensus store of {cluster} answers could not be found out.</source>
   <translation>无法查明 {cluster} 的共识存储是否应答。</translation>
  </message>
  <message>
   <source>a change of who leads {subject} needs a plan</source>
   <translation>更换 {subject} 的主导者须有计划</translation>
  </message>
  <message>
   <source>a restart is pending</source>
   <translation>等待重启</translation>
  </message>
  <message>
   <source>asynchronous</source>
   <translation>异步</translation>
  </message>
  <message>
   <source>confirms commits</source>
   <translation>确认提交</translation>
  </message>
  <message>
   <source>holds the key</source>
   <translation>持有领导键</translation>
  </message>
  <message>
   <source>how far it is behind is not known</source>
   <translation>落后多少未知</translation>
  </message>
  <message>
   <source>it</source>
   <translation>它</translation>
  </message>
  <message>
   <source>it does not confirm commits, so what it lacks may be lost</source>
   <translation>它不确认提交，因此其缺少的内容可能丢失</translation>
  </message>
  <message>
   <source>it holds the key already</source>
   <translation>它已持有领导键</translation>
  </message>
  <message>
   <source>it is further behind than maximum_lag_on_failover</source>
   <translation>它落后超过 maximum_lag_on_failover</translation>
  </message>
  <message>
   <source>it is on another timeline</source>
   <translation>它在另一条时间线上</translation>
  </message>
  <message>
   <source>its Patroni gives no answer</source>
   <translation>其 Patroni 没有应答</translation>
  </message>
  <message>
   <source>its server does not run</source>
   <translation>其服务器未运行</translation>
  </message>
  <message>
   <source>its server: {said}</source>
   <translation>其服务器：{said}</translation>
  </message>
  <message>
   <source>its tag 'nofailover' forbids it</source>
   <translation>其标签“nofailover”禁止</translation>
  </message>
  <message>
   <source>leads standbys</source>
   <translation>主导备库</translation>
  </message>
  <message>
   <source>loop_wait + 2 * retry_timeout is {observed}, longer than the key lives ({limit}).</source>
   <translation>loop_wait + 2 * retry_timeout 为 {observed}，长于领导键的有效期（{limit}）。</translation>
  </message>
  <message>
   <source>no Patroni runs</source>
   <translation>没有 Patroni 运行</translation>
  </message>
  <message>
   <source>silent</source>
   <translation>无应答</translation>
  </message>
  <message>
   <source>standby</source>
   <translation>备库</translation>
  </message>
  <message>
   <source>synchronous</source>
   <translation>同步</translation>
  </message>
  <message>
   <source>synchronous by quorum</source>
   <translation>法定人数同步</translation>
  </message>
  <message>
   <source>unknown</source>
   <translation>未知</translation>
  </message>
  <message>
   <source>use_pg_rewind is off: a former primary has to be copied anew.</source>
   <translation>use_pg_rewind 已关闭：原主库须重新拷贝。</translation>
  </message>
  <message>
   <source>without a word</source>
   <translation>没有说明</translation>
  </message>
  <message>
   <source>{node} belongs to {observed}, the others to {limit}: this is not one cluster.</source>
   <translation>{node} 属于 {observed}，其他节点属于 {limit}：这不是同一个集群。</translation>
  </message>
  <message>
   <source>{node} can take over</source>
   <translation>{node} 可以接管</translation>
  </message>
  <message>
   <source>{node} can't take over.</source>
   <translation>{node} 无法接管。</translation>
  </message>
  <message>
   <source>{node} can't take over: {why}</source>
   <translation>{node} 无法接管：{why}</translation>
  </message>
  <message>
   <source>{node} does not confirm commits: its loss is not approved.</source>
   <translation>{node} 不确认提交：其丢失未经批准。</translation>
  </message>
  <message>
   <source>{node} has a new copy and streams on the timeline of the primary, proven after {time}.</source>
   <translation>{node} 有了新副本，并在主库的时间线上流复制，{time} 后证明。</translation>
  </message>
  <message>
   <source>{node} holds the key of {cluster} on timeline {timeline}.</source>
   <translation>{node} 持有 {cluster} 的领导键，时间线 {timeline}。</translation>
  </message>
  <message>
   <source>{node} holds the key, and its server takes no writes.</source>
   <translation>{node} 持有领导键，但其服务器不接受写入。</translation>
  </message>
  <message>
   <source>{node} holds the key: its data is the cluster's.</source>
   <translation>{node} 持有领导键：其数据即集群的数据。</translation>
  </message>
  <message>
   <source>{node} is on another timeline and may hold entries that nobody else has: export them first, or give them up with --discard.</source>
   <translation>{node} 在另一条时间线上，可能持有其他节点没有的分录：先导出，或用 --discard 放弃。</translation>
  </message>
  <message>
   <source>{node} leads without a watchdog: if its Patroni dies, it stays writable after another leads.</source>
   <translation>{node} 主导而没有 watchdog：如果其 Patroni 失效，另一个节点主导后它仍可写入。</translation>
  </message>
  <message>
   <source>{node} leads {cluster}, proven after {time}.</source>
   <translation>{node} 主导 {cluster}，{time} 后证明。</translation>
  </message>
  <message>
   <source>{node} only with an approved loss: {why}</source>
   <translation>{node} 仅在批准丢失后可用：{why}</translation>
  </message>
  <message>
   <source>{node} takes writes: its data may be the only copy of them.</source>
   <translation>{node} 接受写入：其数据可能是这些写入的唯一副本。</translation>
  </message>
  <message>
   <source>{node} waits for a restart to take up changed settings.</source>
   <translation>{node} 等待重启以采纳已更改的设置。</translation>
  </message>
  <message>
   <source>{subject} is not under Patroni in the inventory</source>
   <translation>{subject} 在清单中不由 Patroni 管理</translation>
  </message>
  <message>
   <source>{why} Nothing was sent.</source>
   <translation>{why}未发送任何内容。</translation>
  </message>
 </context>
 <context>
  <name>peers</name>
  <message>
   <source>1 conflict so far</source>
   <translation>迄今 1 次冲突</translation>
  </message>
  <message>
   <source>1 failed try</source>
   <translation>1 次尝试失败</translation>
  </message>
  <message>
   <source>The book of {origin} differs between {one} and {other} within entries 1 to {n}</source>
   <translation>{origin} 的账簿在 {one} 与 {other} 之间不一致，位于分录 1 至 {n} 内</translation>
  </message>
  <message>
   <source>The book of {origin} is empty on {one} and {other}</source>
   <translation>{origin} 的账簿在 {one} 和 {other} 上为空</translation>
  </message>
  <message>
   <source>What {name} takes from peers can't be said: {why}</source>
   <translation>{name} 从对等节点接收什么无法说明：{why}</translation>
  </message>
  <message>
   <source>a peer that is not watched here</source>
   <translation>此处未监视的对等节点</translation>
  </message>
  <message>
   <source>conflicts rose within the last hour</source>
   <translation>冲突在最近一小时内增加</translation>
  </message>
  <message>
   <source>heard {seconds:.1f} s ago</source>
   <translation>{seconds:.1f} 秒前收到消息</translation>
  </message>
  <message>
   <source>it is behind</source>
   <translation>它落后</translation>
  </message>
  <message>
   <source>it is disabled</source>
   <translation>它已停用</translation>
  </message>
  <message>
   <source>its PostgreSQL is older than 16, whose subscriptions know no origin</source>
   <translation>其 PostgreSQL 早于 16，其订阅不识别来源</translation>
  </message>
  <message>
   <source>its origin is not 'none': entries may go round and round</source>
   <translation>其来源设置不是“none”：分录可能循环往复</translation>
  </message>
  <message>
   <source>no primary is seen</source>
   <translation>看不到主库</translation>
  </message>
  <message>
   <source>no worker runs</source>
   <translation>没有工作进程运行</translation>
  </message>
  <message>
   <source>not checked: the book of {origin} on {one} and {other}: {why}</source>
   <translation>未检查：{origin} 的账簿，在 {one} 和 {other} 上：{why}</translation>
  </message>
  <message>
   <source>nothing was heard for too long</source>
   <translation>过久没有收到消息</translation>
  </message>
  <message>
   <source>proven: the book of {origin} is the same on {one} and {other}, entries 1 to {n}</source>
   <translation>已证明：{origin} 的账簿在 {one} 和 {other} 上相同，分录 1 至 {n}</translation>
  </message>
  <message>
   <source>the books of both sides differ</source>
   <translation>两侧的账簿不同</translation>
  </message>
  <message>
   <source>what arrives can't be applied</source>
   <translation>到达的内容无法应用</translation>
  </message>
  <message>
   <source>{name} takes entries from 1 peer, {running} running</source>
   <translation>{name} 从 1 个对等节点接收分录，{running} 个在运行</translation>
  </message>
  <message>
   <source>{name} takes entries from {n} peers, {running} running</source>
   <translation>{name} 从 {n} 个对等节点接收分录，{running} 个在运行</translation>
  </message>
  <message>
   <source>{name} takes nothing from any peer</source>
   <translation>{name} 不从任何对等节点接收</translation>
  </message>
  <message>
   <source>{name}: {source} to {node}</source>
   <translation>{name}：{source} 至 {node}</translation>
  </message>
  <message>
   <source>{n} conflicts so far</source>
   <translation>迄今 {n} 次冲突</translation>
  </message>
  <message>
   <source>{n} failed tries</source>
   <translation>{n} 次尝试失败</translation>
  </message>
  <message>
   <source>{size} behind</source>
   <translation>落后 {size}</translation>
  </message>
 </context>
 <context>
  <name>plan</name>
  <message>
   <source>1 more</source>
   <translation>另 1 项</translation>
  </message>
  <message>
   <source>; </source>
   <translation>；</translation>
  </message>
  <message>
   <source>A person vouches for it</source>
   <translation>由人担保</translation>
  </message>
  <message>
   <source>Adding</source>
   <translation>添加</translation>
  </message>
  <message>
   <source>Ask Patroni</source>
   <translation>请求 Patroni</translation>
  </message>
  <message>
   <source>Ask Patroni for it: {operation}</source>
   <translation>请求 Patroni 执行：{operation}</translation>
  </message>
  <message>
   <source>Ask Patroni: {what}</source>
   <translation>请求 Patroni：{what}</translation>
  </message>
  <message>
   <source>Attach {node} as standby</source>
   <translation>将 {node} 接为备库</translation>
  </message>
  <message>
   <source>Attach {node} as standby of {upstream}</source>
   <translation>将 {node} 接为 {upstream} 的备库</translation>
  </message>
  <message>
   <source>Carry that WAL from {source} to {node}, with checksums</source>
   <translation>将该 WAL 从 {source} 传送到 {node}，带校验和</translation>
  </message>
  <message>
   <source>Carry that WAL to the candidate, with checksums</source>
   <translation>将该 WAL 传送到候选，带校验和</translation>
  </message>
  <message>
   <source>Carry that WAL to {target}, with checksums</source>
   <translation>将该 WAL 传送到 {target}，带校验和</translation>
  </message>
  <message>
   <source>Carry the WAL over</source>
   <translation>传送 WAL</translation>
  </message>
  <message>
   <source>Carry the kept WAL of {node} to another host</source>
   <translation>将 {node} 保留的 WAL 传送到另一台主机</translation>
  </message>
  <message>
   <source>Carry the kept WAL of {node} to {to}</source>
   <translation>将 {node} 保留的 WAL 传送到 {to}</translation>
  </message>
  <message>
   <source>Carry the kept WAL to another host</source>
   <translation>将保留的 WAL 传送到另一台主机</translation>
  </message>
  <message>
   <source>Change a setting</source>
   <translation>更改设置</translation>
  </message>
  <message>
   <source>Change of protection</source>
   <translation>保护级别变更</translation>
  </message>
  <message>
   <source>Checkpoint</source>
   <translation>检查点</translation>
  </message>
  <message>
   <source>Checkpoint on {node}</source>
   <translation>在 {node} 上做检查点</translation>
  </message>
  <message>
   <source>Configure {node} as standby</source>
   <translation>将 {node} 配置为备库</translation>
  </message>
  <message>
   <source>Configure {node} as standby of {upstream}</source>
   <translation>将 {node} 配置为 {upstream} 的备库</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>拷贝</translation>
  </message>
  <message>
   <source>Copy the primary to {node}, beside its old data</source>
   <translation>将主库拷贝到 {node}，放在其旧数据旁</translation>
  </message>
  <message>
   <source>Copy {upstream} to {node}, beside its old data</source>
   <translation>将 {upstream} 拷贝到 {node}，放在其旧数据旁</translation>
  </message>
  <message>
   <source>Count the loss again, now that it can't grow</source>
   <translation>重新计数丢失量，此时它不会再增加</translation>
  </message>
  <message>
   <source>Count the loss again, right before Patroni is asked</source>
   <translation>重新计数丢失量，紧接在请求 Patroni 之前</translation>
  </message>
  <message>
   <source>Create slots</source>
   <translation>创建槽</translation>
  </message>
  <message>
   <source>Create slots on {node} for its followers</source>
   <translation>在 {node} 上为其跟随者创建槽</translation>
  </message>
  <message>
   <source>Create slots on {node}: {slots}</source>
   <translation>在 {node} 上创建槽：{slots}</translation>
  </message>
  <message>
   <source>Cut {nodes} from {subject}</source>
   <translation>断开 {nodes} 与 {subject} 的连接</translation>
  </message>
  <message>
   <source>Cut {node} from the old primary</source>
   <translation>断开 {node} 与旧主库的连接</translation>
  </message>
  <message>
   <source>Cut {node} from {subject}</source>
   <translation>断开 {node} 与 {subject} 的连接</translation>
  </message>
  <message>
   <source>Delete the old data</source>
   <translation>删除旧数据</translation>
  </message>
  <message>
   <source>Delete the old data of {node}, now that the new is proven</source>
   <translation>删除 {node} 的旧数据，新数据已证明</translation>
  </message>
  <message>
   <source>Drop slots</source>
   <translation>删除槽</translation>
  </message>
  <message>
   <source>Drop the slots on {node} that nobody uses</source>
   <translation>删除 {node} 上无人使用的槽</translation>
  </message>
  <message>
   <source>Drop the slots on {node}: {slots}</source>
   <translation>删除 {node} 上的槽：{slots}</translation>
  </message>
  <message>
   <source>Failover</source>
   <translation>故障切换</translation>
  </message>
  <message>
   <source>Fence</source>
   <translation>隔离</translation>
  </message>
  <message>
   <source>Fence and rescue</source>
   <translation>隔离并抢救</translation>
  </message>
  <message>
   <source>Fence by the operator's own command</source>
   <translation>用运维人员自己的命令隔离</translation>
  </message>
  <message>
   <source>Fence {node}</source>
   <translation>隔离 {node}</translation>
  </message>
  <message>
   <source>Fence {node} by quorum: nobody confirms its commits any more</source>
   <translation>经法定人数隔离 {node}：不再有备库确认其提交</translation>
  </message>
  <message>
   <source>Fence {node} by the operator's own command</source>
   <translation>用运维人员自己的命令隔离 {node}</translation>
  </message>
  <message>
   <source>Fence {node} on a person's word</source>
   <translation>凭人的担保隔离 {node}</translation>
  </message>
  <message>
   <source>Fence {node} over SSH</source>
   <translation>经 SSH 隔离 {node}</translation>
  </message>
  <message>
   <source>Fill the archive</source>
   <translation>补全归档</translation>
  </message>
  <message>
   <source>Follow an upstream</source>
   <translation>跟随上游</translation>
  </message>
  <message>
   <source>Gate</source>
   <translation>关口</translation>
  </message>
  <message>
   <source>Give the lock back</source>
   <translation>归还锁</translation>
  </message>
  <message>
   <source>Give the restored copy the settings of {node}</source>
   <translation>将 {node} 的设置赋予还原的副本</translation>
  </message>
  <message>
   <source>Have Patroni copy {upstream} to {node}, whose old data goes first</source>
   <translation>由 Patroni 将 {upstream} 拷贝到 {node}，先移除其旧数据</translation>
  </message>
  <message>
   <source>Have Patroni make {node} the primary, in the place of {subject}</source>
   <translation>由 Patroni 使 {node} 成为主库，取代 {subject}</translation>
  </message>
  <message>
   <source>Have Patroni restart the server of {node}</source>
   <translation>由 Patroni 重启 {node} 的服务器</translation>
  </message>
  <message>
   <source>Keep the WAL beyond the fork</source>
   <translation>保留分叉之后的 WAL</translation>
  </message>
  <message>
   <source>Keep the WAL of {node} beyond the fork</source>
   <translation>保留 {node} 分叉之后的 WAL</translation>
  </message>
  <message>
   <source>Keep the WAL of {node} beyond the fork on {to}</source>
   <translation>将 {node} 分叉之后的 WAL 保留在 {to} 上</translation>
  </message>
  <message>
   <source>Keep the old data of {node} under another name</source>
   <translation>将 {node} 的旧数据以另一名称保留</translation>
  </message>
  <message>
   <source>Lay backup {backup} of {repository} out on {node}, beside its data</source>
   <translation>将 {repository} 的备份 {backup} 展开到 {node}，放在其数据旁</translation>
  </message>
  <message>
   <source>Lay the backup out on {node}, beside its data</source>
   <translation>将备份展开到 {node}，放在其数据旁</translation>
  </message>
  <message>
   <source>Let commits on {node} wait for no standby</source>
   <translation>使 {node} 上的提交不等待任何备库</translation>
  </message>
  <message>
   <source>Let commits on {node} wait for {names}</source>
   <translation>使 {node} 上的提交等待 {names}</translation>
  </message>
  <message>
   <source>Let commits on {node} wait for {value}</source>
   <translation>使 {node} 上的提交等待 {value}</translation>
  </message>
  <message>
   <source>Let go of the upstream</source>
   <translation>与上游断开</translation>
  </message>
  <message>
   <source>Let it replay its own WAL, closed and read-only</source>
   <translation>使其在封闭、只读状态下重放自身的 WAL</translation>
  </message>
  <message>
   <source>Let {node} replay its own WAL, closed and read-only</source>
   <translation>使 {node} 在封闭、只读状态下重放自身的 WAL</translation>
  </message>
  <message>
   <source>Lift the fence</source>
   <translation>解除隔离</translation>
  </message>
  <message>
   <source>Lift the fence of {node}</source>
   <translation>解除 {node} 的隔离</translation>
  </message>
  <message>
   <source>Limit {limit}</source>
   <translation>时限 {limit}</translation>
  </message>
  <message>
   <source>List the WAL on {node} that nobody else has</source>
   <translation>列出 {node} 上其他节点都没有的 WAL</translation>
  </message>
  <message>
   <source>List the WAL on {node} that {target} lacks</source>
   <translation>列出 {node} 上 {target} 缺少的 WAL</translation>
  </message>
  <message>
   <source>List the WAL on {source} that {node} lacks</source>
   <translation>列出 {source} 上 {node} 缺少的 WAL</translation>
  </message>
  <message>
   <source>List the WAL to rescue</source>
   <translation>列出要抢救的 WAL</translation>
  </message>
  <message>
   <source>Look, and change nothing</source>
   <translation>查看，不做改动</translation>
  </message>
  <message>
   <source>Make it a standby</source>
   <translation>使其成为备库</translation>
  </message>
  <message>
   <source>Make the archive whole from {target}, up to the fork</source>
   <translation>用 {target} 补全归档，直至分叉</translation>
  </message>
  <message>
   <source>Make the archive whole up to the fork</source>
   <translation>补全归档，直至分叉</translation>
  </message>
  <message>
   <source>No proof of its own</source>
   <translation>没有自己的证明</translation>
  </message>
  <message>
   <source>Note how far {node} has come, now that it stands still</source>
   <translation>记录 {node} 的位置，此时它已静止</translation>
  </message>
  <message>
   <source>Point {followers} at {node}</source>
   <translation>将 {followers} 指向 {node}</translation>
  </message>
  <message>
   <source>Point {node} at the new primary</source>
   <translation>将 {node} 指向新主库</translation>
  </message>
  <message>
   <source>Point {node} at {upstream}</source>
   <translation>将 {node} 指向 {upstream}</translation>
  </message>
  <message>
   <source>Prepare</source>
   <translation>准备</translation>
  </message>
  <message>
   <source>Promote</source>
   <translation>提升</translation>
  </message>
  <message>
   <source>Promote and repoint</source>
   <translation>提升并重新指向</translation>
  </message>
  <message>
   <source>Promote {node}</source>
   <translation>提升 {node}</translation>
  </message>
  <message>
   <source>Proof</source>
   <translation>证明</translation>
  </message>
  <message>
   <source>Proof to come: {clauses}</source>
   <translation>将要证明：{clauses}</translation>
  </message>
  <message>
   <source>Prove the books</source>
   <translation>证明账簿</translation>
  </message>
  <message>
   <source>Prove the books of the restored copy</source>
   <translation>证明还原副本的账簿</translation>
  </message>
  <message>
   <source>Prove the books on {nodes}</source>
   <translation>证明 {nodes} 上的账簿</translation>
  </message>
  <message>
   <source>Prove the fence of {node} again</source>
   <translation>再次证明 {node} 的隔离</translation>
  </message>
  <message>
   <source>Prove with two looks that {node} alone takes writes</source>
   <translation>以两次查看证明只有 {node} 接受写入</translation>
  </message>
  <message>
   <source>Put the new copy in place</source>
   <translation>换上新副本</translation>
  </message>
  <message>
   <source>Put the new copy of {node} in place, the old data is kept</source>
   <translation>换上 {node} 的新副本，旧数据保留</translation>
  </message>
  <message>
   <source>Recover the copy on {node} to its target, closed and read-only</source>
   <translation>在封闭、只读状态下将 {node} 上的副本恢复到其目标</translation>
  </message>
  <message>
   <source>Recover the copy on {node} to {target}, closed and read-only</source>
   <translation>在封闭、只读状态下将 {node} 上的副本恢复到 {target}</translation>
  </message>
  <message>
   <source>Rejoin</source>
   <translation>重新加入</translation>
  </message>
  <message>
   <source>Removal</source>
   <translation>移除</translation>
  </message>
  <message>
   <source>Remove from {node} what we left there</source>
   <translation>从 {node} 移除我们的遗留</translation>
  </message>
  <message>
   <source>Remove what we left</source>
   <translation>移除我们的遗留</translation>
  </message>
  <message>
   <source>Replay the rescued WAL</source>
   <translation>重放抢救的 WAL</translation>
  </message>
  <message>
   <source>Replay the rescued WAL on {node}</source>
   <translation>在 {node} 上重放抢救的 WAL</translation>
  </message>
  <message>
   <source>Restart</source>
   <translation>重启</translation>
  </message>
  <message>
   <source>Restore</source>
   <translation>还原</translation>
  </message>
  <message>
   <source>Rewind</source>
   <translation>回退（rewind）</translation>
  </message>
  <message>
   <source>Rewind {node}</source>
   <translation>回退（rewind）{node}</translation>
  </message>
  <message>
   <source>Rewind {node} to where it left {upstream}</source>
   <translation>将 {node} 回退（rewind）到它离开 {upstream} 之处</translation>
  </message>
  <message>
   <source>Run the hook</source>
   <translation>运行钩子</translation>
  </message>
  <message>
   <source>Run the hook '{hook}' on {node}</source>
   <translation>在 {node} 上运行钩子“{hook}”</translation>
  </message>
  <message>
   <source>Run the hook on {node}</source>
   <translation>在 {node} 上运行钩子</translation>
  </message>
  <message>
   <source>Set for whom commits on {node} wait</source>
   <translation>设置 {node} 上的提交等待谁</translation>
  </message>
  <message>
   <source>Set for whom commits wait</source>
   <translation>设置提交等待谁</translation>
  </message>
  <message>
   <source>Set the commit level</source>
   <translation>设置提交级别</translation>
  </message>
  <message>
   <source>Set the commit level on {node}</source>
   <translation>设置 {node} 上的提交级别</translation>
  </message>
  <message>
   <source>Set the commit level on {node} to '{value}'</source>
   <translation>将 {node} 上的提交级别设为“{value}”</translation>
  </message>
  <message>
   <source>Start the server</source>
   <translation>启动服务器</translation>
  </message>
  <message>
   <source>Start {node}</source>
   <translation>启动 {node}</translation>
  </message>
  <message>
   <source>Stop the server</source>
   <translation>停止服务器</translation>
  </message>
  <message>
   <source>Stop {node} cleanly</source>
   <translation>干净停止 {node}</translation>
  </message>
  <message>
   <source>Stop {node} cleanly ({why})</source>
   <translation>干净停止 {node}（{why}）</translation>
  </message>
  <message>
   <source>Switch the WAL summarizer of {node} off for the while</source>
   <translation>暂时关闭 {node} 的 WAL 汇总器</translation>
  </message>
  <message>
   <source>Switch the WAL summarizer of {node} on again</source>
   <translation>重新开启 {node} 的 WAL 汇总器</translation>
  </message>
  <message>
   <source>Switchover</source>
   <translation>计划切换</translation>
  </message>
  <message>
   <source>Take back the settings of the rescue on {node}</source>
   <translation>在 {node} 上撤回抢救的设置</translation>
  </message>
  <message>
   <source>Take the lock</source>
   <translation>取得锁</translation>
  </message>
  <message>
   <source>Take the lock on a majority of all nodes</source>
   <translation>在全部节点的多数上取得锁</translation>
  </message>
  <message>
   <source>Take the lock on {needed} or more of {nodes} nodes</source>
   <translation>在 {nodes} 个节点中的至少 {needed} 个上取得锁</translation>
  </message>
  <message>
   <source>Take the rescue's settings back</source>
   <translation>撤回抢救的设置</translation>
  </message>
  <message>
   <source>Take the settings of the restore back on {node}</source>
   <translation>在 {node} 上撤回还原的设置</translation>
  </message>
  <message>
   <source>Tidy up</source>
   <translation>清理</translation>
  </message>
  <message>
   <source>Wait for a person to accept what was restored, or to roll back</source>
   <translation>等待有人接受还原的内容，或回滚</translation>
  </message>
  <message>
   <source>Wait until Patroni has standbys confirm as its settings promise</source>
   <translation>等待 Patroni 使备库按其设置的承诺确认</translation>
  </message>
  <message>
   <source>Wait until the followers have what is needed</source>
   <translation>等待跟随者具备所需内容</translation>
  </message>
  <message>
   <source>Wait until the members stream from {node}</source>
   <translation>等待成员从 {node} 流复制</translation>
  </message>
  <message>
   <source>Wait until {followers} stream from {node}</source>
   <translation>等待 {followers} 从 {node} 流复制</translation>
  </message>
  <message>
   <source>Wait until {nodes} have what is needed</source>
   <translation>等待 {nodes} 具备所需内容</translation>
  </message>
  <message>
   <source>Wait until {node} has all that {subject} wrote</source>
   <translation>等待 {node} 具备 {subject} 写入的全部内容</translation>
  </message>
  <message>
   <source>Wait until {node} has replayed all</source>
   <translation>等待 {node} 全部重放完毕</translation>
  </message>
  <message>
   <source>Write a marked commit</source>
   <translation>写入带标记的提交</translation>
  </message>
  <message>
   <source>Write a marked commit on {node}</source>
   <translation>在 {node} 上写入带标记的提交</translation>
  </message>
  <message>
   <source>Write a marked commit on {node}, confirmed by 1 standby</source>
   <translation>在 {node} 上写入带标记的提交，由 1 个备库确认</translation>
  </message>
  <message>
   <source>Write a marked commit on {node}, confirmed by {count} standbys</source>
   <translation>在 {node} 上写入带标记的提交，由 {count} 个备库确认</translation>
  </message>
  <message>
   <source>Write a marked commit, confirmed by the promised standbys</source>
   <translation>写入带标记的提交，由承诺的备库确认</translation>
  </message>
  <message>
   <source>a person vouches for it, by name</source>
   <translation>由人具名担保</translation>
  </message>
  <message>
   <source>accepts writes</source>
   <translation>接受写入</translation>
  </message>
  <message>
   <source>accepts writes on a new timeline</source>
   <translation>在新时间线上接受写入</translation>
  </message>
  <message>
   <source>accepts writes on a timeline after {timeline}</source>
   <translation>在时间线 {timeline} 之后的时间线上接受写入</translation>
  </message>
  <message>
   <source>accepts writes on timeline {timeline} or later</source>
   <translation>在时间线 {timeline} 或更晚的时间线上接受写入</translation>
  </message>
  <message>
   <source>answers</source>
   <translation>有应答</translation>
  </message>
  <message>
   <source>each check of the books, with its scope</source>
   <translation>账簿的每项检查，及其范围</translation>
  </message>
  <message>
   <source>has a checkpoint on its present timeline</source>
   <translation>在其当前时间线上有检查点</translation>
  </message>
  <message>
   <source>has a complete copy</source>
   <translation>有完整的副本</translation>
  </message>
  <message>
   <source>has a marked commit that {many} standbys hold</source>
   <translation>有带标记的提交，由 {many} 个备库持有</translation>
  </message>
  <message>
   <source>has a marked commit, confirmed as promised</source>
   <translation>有带标记的提交，已按承诺确认</translation>
  </message>
  <message>
   <source>has done the hook: {proof}</source>
   <translation>已执行钩子：{proof}</translation>
  </message>
  <message>
   <source>has its old data no longer</source>
   <translation>已没有旧数据</translation>
  </message>
  <message>
   <source>has its own settings again</source>
   <translation>已恢复自己的设置</translation>
  </message>
  <message>
   <source>has its settings as before the rescue</source>
   <translation>设置与抢救之前相同</translation>
  </message>
  <message>
   <source>has no process, and its control file says 'shut down'</source>
   <translation>没有进程，且其控制文件为“shut down”</translation>
  </message>
  <message>
   <source>has no process, nothing answers, and it could only start read-only</source>
   <translation>没有进程，没有应答，且只能以只读启动</translation>
  </message>
  <message>
   <source>has no receiver and names no upstream</source>
   <translation>没有接收进程，也未指定上游</translation>
  </message>
  <message>
   <source>has replayed past the end</source>
   <translation>已重放超过末尾</translation>
  </message>
  <message>
   <source>has replayed past the end of {upstream}</source>
   <translation>已重放超过 {upstream} 的末尾</translation>
  </message>
  <message>
   <source>has replayed past {position}</source>
   <translation>已重放超过 {position}</translation>
  </message>
  <message>
   <source>has replayed to the end of the rescued WAL</source>
   <translation>已重放到抢救的 WAL 的末尾</translation>
  </message>
  <message>
   <source>has the WAL listed with checksums</source>
   <translation>已列出 WAL 及校验和</translation>
  </message>
  <message>
   <source>has the WAL, and its checksums agree</source>
   <translation>已有该 WAL，且校验和一致</translation>
  </message>
  <message>
   <source>has the commit level '{value}'</source>
   <translation>提交级别为“{value}”</translation>
  </message>
  <message>
   <source>has the commit level that was set</source>
   <translation>提交级别与所设相同</translation>
  </message>
  <message>
   <source>has the copy stand read-only at its target</source>
   <translation>副本以只读状态停在其目标处</translation>
  </message>
  <message>
   <source>has the new copy in place</source>
   <translation>已换上新副本</translation>
  </message>
  <message>
   <source>has the setting that was set</source>
   <translation>设置与所设相同</translation>
  </message>
  <message>
   <source>has the slots</source>
   <translation>有这些槽</translation>
  </message>
  <message>
   <source>has the slots {slots}</source>
   <translation>有槽 {slots}</translation>
  </message>
  <message>
   <source>has the whole backup beside its data</source>
   <translation>完整备份内容已在其数据旁</translation>
  </message>
  <message>
   <source>has these slots no longer</source>
   <translation>已没有这些槽</translation>
  </message>
  <message>
   <source>has {name} set to '{value}'</source>
   <translation>{name} 已设为“{value}”</translation>
  </message>
  <message>
   <source>holds every WAL file up to the fork, and the history</source>
   <translation>持有直至分叉的每个 WAL 文件，以及历史文件</translation>
  </message>
  <message>
   <source>is a standby that bears no mark of ours</source>
   <translation>是不带我们标记的备库</translation>
  </message>
  <message>
   <source>is as the plan wants it, by a look of the plan's own</source>
   <translation>符合计划的要求，经计划自行查看</translation>
  </message>
  <message>
   <source>is done, by a proof of the operator's own</source>
   <translation>已完成，凭运维人员自己的证明</translation>
  </message>
  <message>
   <source>is rewound to the new timeline, and the rewind was not cut</source>
   <translation>已回退（rewind）到新时间线，且回退未中断</translation>
  </message>
  <message>
   <source>is the same machine and system as planned</source>
   <translation>与计划时是同一台机器和系统</translation>
  </message>
  <message>
   <source>is what was asked for, by Patroni and by the server</source>
   <translation>与所请求的相同，经 Patroni 和服务器证实</translation>
  </message>
  <message>
   <source>just after entry {n}</source>
   <translation>紧接分录 {n} 之后</translation>
  </message>
  <message>
   <source>just before entry {n}</source>
   <translation>紧接分录 {n} 之前</translation>
  </message>
  <message>
   <source>keeps every WAL file with its checksum</source>
   <translation>保留每个 WAL 文件及其校验和</translation>
  </message>
  <message>
   <source>lets commits wait as set</source>
   <translation>提交按所设等待</translation>
  </message>
  <message>
   <source>lets commits wait for {value}</source>
   <translation>提交等待 {value}</translation>
  </message>
  <message>
   <source>may start as primary again</source>
   <translation>可再次作为主库启动</translation>
  </message>
  <message>
   <source>no more than {most} entries are lost</source>
   <translation>丢失不超过 {most} 笔分录</translation>
  </message>
  <message>
   <source>no node holds our lock any more</source>
   <translation>没有节点再持有我们的锁</translation>
  </message>
  <message>
   <source>not named</source>
   <translation>未指定</translation>
  </message>
  <message>
   <source>our lock stands on a majority of all nodes</source>
   <translation>我们的锁位于全部节点的多数上</translation>
  </message>
  <message>
   <source>our lock stands on {needed} nodes or more</source>
   <translation>我们的锁位于至少 {needed} 个节点上</translation>
  </message>
  <message>
   <source>position {lsn}</source>
   <translation>位置 {lsn}</translation>
  </message>
  <message>
   <source>runs as standby</source>
   <translation>作为备库运行</translation>
  </message>
  <message>
   <source>stands where the copy stood</source>
   <translation>停在副本所在之处</translation>
  </message>
  <message>
   <source>streams from {upstream} on its timeline</source>
   <translation>在 {upstream} 的时间线上从其流复制</translation>
  </message>
  <message>
   <source>streams from {upstream} on timeline {timeline}</source>
   <translation>在时间线 {timeline} 上从 {upstream} 流复制</translation>
  </message>
  <message>
   <source>streams on the timeline of its upstream</source>
   <translation>在其上游的时间线上流复制</translation>
  </message>
  <message>
   <source>takes no writes, as far as it can be seen</source>
   <translation>就所能看到的，不接受写入</translation>
  </message>
  <message>
   <source>the latest moment</source>
   <translation>最新时刻</translation>
  </message>
  <message>
   <source>the loss is within what was approved</source>
   <translation>丢失量在批准范围内</translation>
  </message>
  <message>
   <source>the restore point '{name}'</source>
   <translation>还原点“{name}”</translation>
  </message>
  <message>
   <source>would start as standby, with upstream and slot as planned</source>
   <translation>会作为备库启动，上游和槽与计划一致</translation>
  </message>
  <message>
   <source>{node} {clause}</source>
   <translation>{node} {clause}</translation>
  </message>
  <message>
   <source>{n} more</source>
   <translation>另 {n} 项</translation>
  </message>
  <message>
   <source>{time} UTC</source>
   <translation>{time} UTC</translation>
  </message>
  <message>
   <source>{what} of {cluster}</source>
   <translation>{cluster} 的{what}</translation>
  </message>
  <message>
   <source>{what} of {cluster} from {subject} to {target}</source>
   <translation>{cluster} 从 {subject} 到 {target} 的{what}</translation>
  </message>
  <message>
   <source>{what} of {cluster} to {target}</source>
   <translation>{cluster} 到 {target} 的{what}</translation>
  </message>
  <message>
   <source>{what} of {cluster}, with {target} as its primary</source>
   <translation>{cluster} 以 {target} 为主库的{what}</translation>
  </message>
  <message>
   <source>{what} of {subject} in {cluster}</source>
   <translation>{cluster} 中 {subject} 的{what}</translation>
  </message>
  <message>
   <source>{what}, on {node}</source>
   <translation>{what}，在 {node} 上</translation>
  </message>
  <message>
   <source>{what}: {node}</source>
   <translation>{what}：{node}</translation>
  </message>
 </context>
 <context>
  <name>policy</name>
  <message>
   <source>'{name}' lies there already: each takes a directory of its own.</source>
   <translation>那里已有“{name}”：每个都须有自己的目录。</translation>
  </message>
  <message>
   <source>'{text}' is no number. Write it as 12 or 0.5.</source>
   <translation>“{text}”不是数字。写作 12 或 0.5。</translation>
  </message>
  <message>
   <source>1 field</source>
   <translation>1 个字段</translation>
  </message>
  <message>
   <source>1 field has to be mended before it can be saved.</source>
   <translation>先修正 1 个字段，才能保存。</translation>
  </message>
  <message>
   <source>A number from 1 to {n}: the last full backup is never given up.</source>
   <translation>1 至 {n} 的数字：最后的完整备份绝不放弃。</translation>
  </message>
  <message>
   <source>A number of MB/s above 0, or empty for as fast as it goes.</source>
   <translation>大于 0 的 MB/s 数值，留空则尽可能快。</translation>
  </message>
  <message>
   <source>A number of days, or empty to keep by count alone.</source>
   <translation>天数，留空则仅按数量保留。</translation>
  </message>
  <message>
   <source>A tape is only added to: name a directory that may be written freely.</source>
   <translation>磁带只能追加：指定一个可自由写入的目录。</translation>
  </message>
  <message>
   <source>A whole number: at least so many full backups stay.</source>
   <translation>整数：至少保留这么多个完整备份。</translation>
  </message>
  <message>
   <source>A whole path is wanted, as /srv/backups/ledger: from /, without '..'.</source>
   <translation>须为完整路径，如 /srv/backups/ledger：以 / 开头，不含“..”。</translation>
  </message>
  <message>
   <source>Add a line</source>
   <translation>添加一行</translation>
  </message>
  <message>
   <source>Add a repository</source>
   <translation>添加备份库</translation>
  </message>
  <message>
   <source>Another repository has this name already.</source>
   <translation>已有另一个备份库使用该名称。</translation>
  </message>
  <message>
   <source>Archive there</source>
   <translation>那里的归档</translation>
  </message>
  <message>
   <source>Backup policy of {cluster}</source>
   <translation>{cluster} 的备份策略</translation>
  </message>
  <message>
   <source>Begun by</source>
   <translation>启动方式</translation>
  </message>
  <message>
   <source>By this, now: {said}</source>
   <translation>按此策略，现在：{said}</translation>
  </message>
  <message>
   <source>Choose the host that keeps it.</source>
   <translation>选择存放它的主机。</translation>
  </message>
  <message>
   <source>Compressed</source>
   <translation>压缩</translation>
  </message>
  <message>
   <source>Configuration</source>
   <translation>配置</translation>
  </message>
  <message>
   <source>Directory</source>
   <translation>目录</translation>
  </message>
  <message>
   <source>Directory there</source>
   <translation>那里的目录</translation>
  </message>
  <message>
   <source>Every moment of, days</source>
   <translation>任意时刻可还原，天</translation>
  </message>
  <message>
   <source>Full backups, at least</source>
   <translation>完整备份，至少</translation>
  </message>
  <message>
   <source>Give it a name.</source>
   <translation>为其命名。</translation>
  </message>
  <message>
   <source>Host</source>
   <translation>主机</translation>
  </message>
  <message>
   <source>How the host logs in for replication. Never a password: name a passfile.</source>
   <translation>主机登录以进行复制的方式。不写密码：指定 passfile。</translation>
  </message>
  <message>
   <source>Known there as</source>
   <translation>在那里的名称</translation>
  </message>
  <message>
   <source>Leave, nothing was changed</source>
   <translation>离开，未做任何改动</translation>
  </message>
  <message>
   <source>Lies at another site than the cluster</source>
   <translation>位于集群之外的另一站点</translation>
  </message>
  <message>
   <source>Lies on</source>
   <translation>介质</translation>
  </message>
  <message>
   <source>Limits, and where restores are tried</source>
   <translation>限值，及试还原的位置</translation>
  </message>
  <message>
   <source>Login</source>
   <translation>登录</translation>
  </message>
  <message>
   <source>Made by</source>
   <translation>备份工具</translation>
  </message>
  <message>
   <source>Mirror</source>
   <translation>镜像</translation>
  </message>
  <message>
   <source>More</source>
   <translation>更多</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>名称</translation>
  </message>
  <message>
   <source>Name it as its engine's configuration on the host does.</source>
   <translation>与主机上其备份工具配置中的名称一致。</translation>
  </message>
  <message>
   <source>Name the directory that the servers archive to, as the host sees it.</source>
   <translation>指定服务器归档到的目录，以主机所见的路径为准。</translation>
  </message>
  <message>
   <source>Next, in {zone}:</source>
   <translation>下次，{zone}：</translation>
  </message>
  <message>
   <source>Not saved: {fields} to be mended first.</source>
   <translation>未保存：先修正 {fields}。</translation>
  </message>
  <message>
   <source>Nothing is planned: backups are made by hand only.</source>
   <translation>没有计划：备份只能手动进行。</translation>
  </message>
  <message>
   <source>On which repository</source>
   <translation>在哪个备份库上</translation>
  </message>
  <message>
   <source>Only letters, digits, '-', '_' and '.', and first a letter or digit.</source>
   <translation>只能用字母、数字、“-”、“_”和“.”，首位为字母或数字。</translation>
  </message>
  <message>
   <source>PostgreSQL in</source>
   <translation>PostgreSQL 位置</translation>
  </message>
  <message>
   <source>PostgreSQL's own tools can't write there: choose Barman or pgBackRest.</source>
   <translation>PostgreSQL 自带的工具无法写入那里：选择 Barman 或 pgBackRest。</translation>
  </message>
  <message>
   <source>Program</source>
   <translation>程序</translation>
  </message>
  <message>
   <source>Rate at most, MB/s</source>
   <translation>速率上限，MB/s</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>移除</translation>
  </message>
  <message>
   <source>Restored on trial on</source>
   <translation>试还原于</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>保存</translation>
  </message>
  <message>
   <source>Saving …</source>
   <translation>正在保存…</translation>
  </message>
  <message>
   <source>Staging</source>
   <translation>暂存目录</translation>
  </message>
  <message>
   <source>Taken from</source>
   <translation>取自</translation>
  </message>
  <message>
   <source>That is the repository itself: name a second directory.</source>
   <translation>那就是备份库本身：指定第二个目录。</translation>
  </message>
  <message>
   <source>The calendar has nothing to work on: add a repository.</source>
   <translation>日程没有可用的对象：添加一个备份库。</translation>
  </message>
  <message>
   <source>The engine does not answer. Nothing was saved; what is typed stays here.</source>
   <translation>引擎没有应答。未保存任何内容；键入的内容保留在此。</translation>
  </message>
  <message>
   <source>The next runs are shown once every line can be read.</source>
   <translation>每一行都可读取后才显示之后的运行。</translation>
  </message>
  <message>
   <source>There is no repository '{name}'.</source>
   <translation>没有备份库“{name}”。</translation>
  </message>
  <message>
   <source>There is no such host in this cluster.</source>
   <translation>此集群中没有该主机。</translation>
  </message>
  <message>
   <source>There is nothing yet that could go.</source>
   <translation>尚无可移除的内容。</translation>
  </message>
  <message>
   <source>Time zone</source>
   <translation>时区</translation>
  </message>
  <message>
   <source>WAL comes</source>
   <translation>WAL 来源</translation>
  </message>
  <message>
   <source>What is done</source>
   <translation>执行内容</translation>
  </message>
  <message>
   <source>What stays</source>
   <translation>保留内容</translation>
  </message>
  <message>
   <source>When</source>
   <translation>时间</translation>
  </message>
  <message>
   <source>When: minute, hour, day of the month, month, day of the week</source>
   <translation>时间：分钟、小时、日、月、星期</translation>
  </message>
  <message>
   <source>Where</source>
   <translation>位置</translation>
  </message>
  <message>
   <source>a standby that is close, else the primary</source>
   <translation>延迟小的备库，否则主库</translation>
  </message>
  <message>
   <source>as fast as it goes</source>
   <translation>尽可能快</translation>
  </message>
  <message>
   <source>beside the repository</source>
   <translation>备份库旁</translation>
  </message>
  <message>
   <source>by count alone</source>
   <translation>仅按数量</translation>
  </message>
  <message>
   <source>the first</source>
   <translation>第一个</translation>
  </message>
  <message>
   <source>the repository's own host</source>
   <translation>备份库自己的主机</translation>
  </message>
  <message>
   <source>where its package looks</source>
   <translation>其软件包的默认位置</translation>
  </message>
  <message>
   <source>{n} fields</source>
   <translation>{n} 个字段</translation>
  </message>
  <message>
   <source>{n} fields have to be mended before it can be saved.</source>
   <translation>先修正 {n} 个字段，才能保存。</translation>
  </message>
  <message>
   <source>{repository}: {said}</source>
   <translation>{repository}：{said}</translation>
  </message>
  <message>
   <source>{weekday} {day} {month} {clock}</source>
   <translation>{month} {day} 日{weekday} {clock}</translation>
  </message>
  <message>
   <source>{when} {what}</source>
   <translation>{when} {what}</translation>
  </message>
 </context>
 <context>
  <name>prompt</name>
  <message>
   <source>1 more question waits</source>
   <translation>另有 1 个问题等待</translation>
  </message>
  <message>
   <source>A question</source>
   <translation>问题</translation>
  </message>
  <message>
   <source>A server asks</source>
   <translation>服务器询问</translation>
  </message>
  <message>
   <source>Answer</source>
   <translation>回答</translation>
  </message>
  <message>
   <source>Asked by {subject}</source>
   <translation>由 {subject} 询问</translation>
  </message>
  <message>
   <source>Decline</source>
   <translation>拒绝</translation>
  </message>
  <message>
   <source>Keep in this desktop's keyring</source>
   <translation>保存在此桌面的密钥环中</translation>
  </message>
  <message>
   <source>Nothing is asked</source>
   <translation>没有询问</translation>
  </message>
  <message>
   <source>{n} more questions wait</source>
   <translation>另有 {n} 个问题等待</translation>
  </message>
 </context>
 <context>
  <name>recovery</name>
  <message>
   <source>. </source>
   <translation>。</translation>
  </message>
  <message>
   <source>1 run</source>
   <translation>1 次运行</translation>
  </message>
  <message>
   <source>A failover only after it was fenced by ending its processes</source>
   <translation>须先终止其进程将其隔离，才能故障切换</translation>
  </message>
  <message>
   <source>A restart in place loses nothing and is tried first, then a failover</source>
   <translation>就地重启不会丢失任何内容，先尝试，之后故障切换</translation>
  </message>
  <message>
   <source>About {time} ({ground})</source>
   <translation>约 {time}（{ground}）</translation>
  </message>
  <message>
   <source>Ask again</source>
   <translation>再次询问</translation>
  </message>
  <message>
   <source>Asked {at} UTC</source>
   <translation>询问于 {at} UTC</translation>
  </message>
  <message>
   <source>Asking for the runs of this cluster …</source>
   <translation>正在询问此集群的运行…</translation>
  </message>
  <message>
   <source>Copy situation</source>
   <translation>复制情况</translation>
  </message>
  <message>
   <source>Every node is being asked what it sees. This takes a few seconds.</source>
   <translation>正在询问每个节点所见。需要几秒。</translation>
  </message>
  <message>
   <source>Evidence: none that is strong enough. Nothing is done on it</source>
   <translation>证据：没有足够强的证据。不据此采取任何操作</translation>
  </message>
  <message>
   <source>Evidence: {level}. {allows}</source>
   <translation>证据：{level}。{allows}</translation>
  </message>
  <message>
   <source>Fail over</source>
   <translation>故障切换</translation>
  </message>
  <message>
   <source>Fail over to {node}</source>
   <translation>故障切换到 {node}</translation>
  </message>
  <message>
   <source>It is not dead: see why it refuses before anything is changed</source>
   <translation>它没有失效：做任何改动之前，先查看其拒绝的原因</translation>
  </message>
  <message>
   <source>No change can be prepared now: the reasons stand beside each way.</source>
   <translation>现在无法准备任何变更：原因列在各方式旁。</translation>
  </message>
  <message>
   <source>No cluster is chosen. Choose one at the left to see its situation and its runs.</source>
   <translation>未选择集群。在左侧选择一个，以查看其情况和运行。</translation>
  </message>
  <message>
   <source>No node of this cluster is primary</source>
   <translation>此集群没有节点是主库</translation>
  </message>
  <message>
   <source>No plan has run here yet. Prepare a switchover and rehearse it: a rehearsal looks at every step, changes nothing, and shows what a real one would do.</source>
   <translation>此处尚未运行过计划。准备一次计划切换并演练：演练查看每个步骤，不做改动，并显示真实运行会做什么。</translation>
  </message>
  <message>
   <source>Nobody can see whether its server still runs, so it must be fenced before any promotion</source>
   <translation>无人能看到其服务器是否仍在运行，因此任何提升之前都须将其隔离</translation>
  </message>
  <message>
   <source>Nothing is done by itself: ask who stopped it</source>
   <translation>不会自动采取任何操作：询问停止它的人</translation>
  </message>
  <message>
   <source>Nothing is known of this cluster yet</source>
   <translation>此集群的情况尚一无所知</translation>
  </message>
  <message>
   <source>Prepare the failover …</source>
   <translation>准备故障切换…</translation>
  </message>
  <message>
   <source>Prepare the rejoin …</source>
   <translation>准备重新加入…</translation>
  </message>
  <message>
   <source>Prepare the restart …</source>
   <translation>准备重启…</translation>
  </message>
  <message>
   <source>Prepare the restore …</source>
   <translation>准备还原…</translation>
  </message>
  <message>
   <source>Prepare the switchover …</source>
   <translation>准备计划切换…</translation>
  </message>
  <message>
   <source>Recommendation</source>
   <translation>建议</translation>
  </message>
  <message>
   <source>Recommended: {title}</source>
   <translation>建议：{title}</translation>
  </message>
  <message>
   <source>Rehearsal: {title}</source>
   <translation>演练：{title}</translation>
  </message>
  <message>
   <source>Rejoin a node</source>
   <translation>重新加入节点</translation>
  </message>
  <message>
   <source>Rejoin {node}</source>
   <translation>重新加入 {node}</translation>
  </message>
  <message>
   <source>Restart in place</source>
   <translation>就地重启</translation>
  </message>
  <message>
   <source>Restart {node} in place</source>
   <translation>就地重启 {node}</translation>
  </message>
  <message>
   <source>Restore from a backup</source>
   <translation>从备份还原</translation>
  </message>
  <message>
   <source>Run of {at} UTC, only to read</source>
   <translation>{at} UTC 的运行，仅供阅读</translation>
  </message>
  <message>
   <source>Runs</source>
   <translation>运行</translation>
  </message>
  <message>
   <source>Runs of this cluster</source>
   <translation>此集群的运行</translation>
  </message>
  <message>
   <source>Show the plan that runs</source>
   <translation>显示正在运行的计划</translation>
  </message>
  <message>
   <source>Steps to read first. Nothing on any node changes before step 8.</source>
   <translation>先阅读步骤。第 8 步之前，任何节点都不会被改动。</translation>
  </message>
  <message>
   <source>Steps to read first. Nothing on {node} changes before you approve.</source>
   <translation>先阅读步骤。在你批准之前，{node} 不会被改动。</translation>
  </message>
  <message>
   <source>Switch over</source>
   <translation>计划切换</translation>
  </message>
  <message>
   <source>Switch over to {node}</source>
   <translation>计划切换到 {node}</translation>
  </message>
  <message>
   <source>The engine does not answer: this is its last picture. Nothing can be changed.</source>
   <translation>引擎没有应答：这是其最后的画面。无法做任何改动。</translation>
  </message>
  <message>
   <source>The row asks, the column answers. Arrow keys tell a cell in full.</source>
   <translation>行为询问方，列为应答方。方向键说明单元格的全部内容。</translation>
  </message>
  <message>
   <source>The situation was copied as text.</source>
   <translation>情况已复制为文本。</translation>
  </message>
  <message>
   <source>Too weak for any change: look at the network between here and it</source>
   <translation>太弱，不足以做任何改动：查看此处与它之间的网络</translation>
  </message>
  <message>
   <source>Wait</source>
   <translation>等待</translation>
  </message>
  <message>
   <source>Ways to go on</source>
   <translation>可行的方式</translation>
  </message>
  <message>
   <source>Who could take over</source>
   <translation>谁能接管</translation>
  </message>
  <message>
   <source>Who sees whom</source>
   <translation>谁能看到谁</translation>
  </message>
  <message>
   <source>Who sees whom: the row asks, the column answers</source>
   <translation>谁能看到谁：行为询问方，列为应答方</translation>
  </message>
  <message>
   <source>about {time}</source>
   <translation>约 {time}</translation>
  </message>
  <message>
   <source>alive, and refuses</source>
   <translation>在运行，但拒绝</translation>
  </message>
  <message>
   <source>answers</source>
   <translation>有应答</translation>
  </message>
  <message>
   <source>answers in {time}</source>
   <translation>{time} 内应答</translation>
  </message>
  <message>
   <source>asked {at}</source>
   <translation>询问于 {at}</translation>
  </message>
  <message>
   <source>asked {at}, {age}</source>
   <translation>询问于 {at}，{age}</translation>
  </message>
  <message>
   <source>began (UTC)</source>
   <translation>开始（UTC）</translation>
  </message>
  <message>
   <source>behind</source>
   <translation>落后</translation>
  </message>
  <message>
   <source>by</source>
   <translation>执行者</translation>
  </message>
  <message>
   <source>can be promoted</source>
   <translation>可以提升</translation>
  </message>
  <message>
   <source>changes nothing, looks again</source>
   <translation>不做改动，再次查看</translation>
  </message>
  <message>
   <source>ended</source>
   <translation>结束</translation>
  </message>
  <message>
   <source>hard (the host itself shows that no process is left)</source>
   <translation>确凿（主机自身显示没有进程残留）</translation>
  </message>
  <message>
   <source>has WAL up to</source>
   <translation>WAL 至</translation>
  </message>
  <message>
   <source>hung (its processes are there, and do not answer)</source>
   <translation>挂起（其进程仍在，但没有应答）</translation>
  </message>
  <message>
   <source>lost</source>
   <translation>丢失量</translation>
  </message>
  <message>
   <source>may it be promoted</source>
   <translation>能否提升</translation>
  </message>
  <message>
   <source>measured in the lab</source>
   <translation>在实验环境中测得</translation>
  </message>
  <message>
   <source>no link</source>
   <translation>无连接</translation>
  </message>
  <message>
   <source>no stream</source>
   <translation>无流复制</translation>
  </message>
  <message>
   <source>node</source>
   <translation>节点</translation>
  </message>
  <message>
   <source>not possible</source>
   <translation>不可行</translation>
  </message>
  <message>
   <source>not possible: {reason}</source>
   <translation>不可行：{reason}</translation>
  </message>
  <message>
   <source>of it seen, in money</source>
   <translation>其中所见金额</translation>
  </message>
  <message>
   <source>old: asked {at}, {age}</source>
   <translation>旧：询问于 {at}，{age}</translation>
  </message>
  <message>
   <source>past runs of this cluster</source>
   <translation>此集群过去的运行</translation>
  </message>
  <message>
   <source>recommended</source>
   <translation>建议</translation>
  </message>
  <message>
   <source>refused</source>
   <translation>被拒绝</translation>
  </message>
  <message>
   <source>refused: {reasons}</source>
   <translation>被拒绝：{reasons}</translation>
  </message>
  <message>
   <source>report</source>
   <translation>报告</translation>
  </message>
  <message>
   <source>run</source>
   <translation>运行</translation>
  </message>
  <message>
   <source>silent</source>
   <translation>无应答</translation>
  </message>
  <message>
   <source>source not known</source>
   <translation>来源未知</translation>
  </message>
  <message>
   <source>stopped by somebody</source>
   <translation>由某人停止</translation>
  </message>
  <message>
   <source>streams</source>
   <translation>流复制中</translation>
  </message>
  <message>
   <source>sum of the plan's steps</source>
   <translation>计划各步骤之和</translation>
  </message>
  <message>
   <source>suspected (only the console does not see it)</source>
   <translation>怀疑（只有控制台看不到它）</translation>
  </message>
  <message>
   <source>the reason is not known</source>
   <translation>原因未知</translation>
  </message>
  <message>
   <source>this console</source>
   <translation>本控制台</translation>
  </message>
  <message>
   <source>timeline</source>
   <translation>时间线</translation>
  </message>
  <message>
   <source>unknown</source>
   <translation>未知</translation>
  </message>
  <message>
   <source>witnessed (its standbys do not reach it either)</source>
   <translation>有旁证（其备库也无法连接它）</translation>
  </message>
  <message>
   <source>would lose</source>
   <translation>将丢失</translation>
  </message>
  <message>
   <source>writes stopped</source>
   <translation>写入中断</translation>
  </message>
  <message>
   <source>{asker} and {answerer}: nothing is known</source>
   <translation>{asker} 与 {answerer}：一无所知</translation>
  </message>
  <message>
   <source>{asker} asks {answerer}: {state}</source>
   <translation>{asker} 询问 {answerer}：{state}</translation>
  </message>
  <message>
   <source>{asker} asks {answerer}: {state} ({source})</source>
   <translation>{asker} 询问 {answerer}：{state}（{source}）</translation>
  </message>
  <message>
   <source>{loses}: {money}</source>
   <translation>{loses}：{money}</translation>
  </message>
  <message>
   <source>{node} is primary and answers</source>
   <translation>{node} 是主库并有应答</translation>
  </message>
  <message>
   <source>{node} was primary and is lost</source>
   <translation>{node} 曾是主库，已丢失</translation>
  </message>
  <message>
   <source>{n} runs</source>
   <translation>{n} 次运行</translation>
  </message>
  <message>
   <source>{proven} of {n} proven</source>
   <translation>{n} 项中 {proven} 项已证明</translation>
  </message>
  <message>
   <source>{run}. Enter opens it</source>
   <translation>{run}。Enter 打开</translation>
  </message>
  <message>
   <source>{said}.</source>
   <translation>{said}。</translation>
  </message>
  <message>
   <source>{state} {time}</source>
   <translation>{state} {time}</translation>
  </message>
  <message>
   <source>← Situation</source>
   <translation>← 情况</translation>
  </message>
 </context>
 <context>
  <name>restore</name>
  <message>
   <source> + </source>
   <translation> + </translation>
  </message>
  <message>
   <source>'{text}' is not {form}.</source>
   <translation>“{text}”不是{form}。</translation>
  </message>
  <message>
   <source>, </source>
   <translation>，</translation>
  </message>
  <message>
   <source>1 h</source>
   <translation>1 小时</translation>
  </message>
  <message>
   <source>1 min</source>
   <translation>1 分钟</translation>
  </message>
  <message>
   <source>1 s</source>
   <translation>1 秒</translation>
  </message>
  <message>
   <source>A copy is made and opened; nothing of the cluster is touched</source>
   <translation>制作并打开一个副本；集群不受任何触动</translation>
  </message>
  <message>
   <source>A copy on the backup host, opened read-only and proven. No node changes.</source>
   <translation>备份主机上的副本，以只读打开并证明。任何节点都不会被改动。</translation>
  </message>
  <message>
   <source>A node gets its data from the backup and follows the primary as a standby.</source>
   <translation>一个节点从备份取得数据，并作为备库跟随主库。</translation>
  </message>
  <message>
   <source>A server is started on it that nothing in its data can lead to production.</source>
   <translation>在其上启动一个服务器，其数据中没有任何内容能使它连到生产。</translation>
  </message>
  <message>
   <source>Accept or roll back</source>
   <translation>接受或回滚</translation>
  </message>
  <message>
   <source>After entry</source>
   <translation>分录之后</translation>
  </message>
  <message>
   <source>Against live</source>
   <translation>与现行账本相比</translation>
  </message>
  <message>
   <source>Anchors: moments with a name</source>
   <translation>锚点：有名称的时刻</translation>
  </message>
  <message>
   <source>Approval</source>
   <translation>批准</translation>
  </message>
  <message>
   <source>Ask the copy …</source>
   <translation>查询副本…</translation>
  </message>
  <message>
   <source>Asking whether it can be had</source>
   <translation>正在询问能否还原到此</translation>
  </message>
  <message>
   <source>Asking whether the chain and all WAL up to there are present …</source>
   <translation>正在询问备份链和直至该处的全部 WAL 是否齐备…</translation>
  </message>
  <message>
   <source>Asking …</source>
   <translation>正在询问…</translation>
  </message>
  <message>
   <source>Back to a moment that was not named</source>
   <translation>回到未指定的时刻</translation>
  </message>
  <message>
   <source>Back to just after entry {n}</source>
   <translation>回到紧接分录 {n} 之后</translation>
  </message>
  <message>
   <source>Back to just before entry {n}</source>
   <translation>回到紧接分录 {n} 之前</translation>
  </message>
  <message>
   <source>Back to position {lsn}</source>
   <translation>回到位置 {lsn}</translation>
  </message>
  <message>
   <source>Back to the latest moment: all WAL that there is</source>
   <translation>回到最新时刻：现有的全部 WAL</translation>
  </message>
  <message>
   <source>Back to the restore point '{name}'</source>
   <translation>回到还原点“{name}”</translation>
  </message>
  <message>
   <source>Back to {moment}</source>
   <translation>回到 {moment}</translation>
  </message>
  <message>
   <source>Backups that are laid out, in this order</source>
   <translation>按此顺序展开的备份</translation>
  </message>
  <message>
   <source>Before entry</source>
   <translation>分录之前</translation>
  </message>
  <message>
   <source>Business anchors</source>
   <translation>业务锚点</translation>
  </message>
  <message>
   <source>Cancel takes away only the copy.</source>
   <translation>取消只移除副本。</translation>
  </message>
  <message>
   <source>Cancelled: the copy was taken away</source>
   <translation>已取消：副本已移除</translation>
  </message>
  <message>
   <source>Chain</source>
   <translation>备份链</translation>
  </message>
  <message>
   <source>Checks of the plan</source>
   <translation>计划的检查</translation>
  </message>
  <message>
   <source>Choose another, or go back.</source>
   <translation>选择另一个，或返回。</translation>
  </message>
  <message>
   <source>Choosing changes nothing. What is chosen can be read to its end first.</source>
   <translation>选择不做任何改动。所选内容可先从头读到尾。</translation>
  </message>
  <message>
   <source>Close it, take it away</source>
   <translation>关闭并移除</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>完成</translation>
  </message>
  <message>
   <source>Enter chooses it</source>
   <translation>Enter 选择</translation>
  </message>
  <message>
   <source>Entry {n} was booked at {at}. Restorable: chain and all WAL up to there are present.</source>
   <translation>分录 {n} 记账于 {at}。可还原：备份链和直至该处的全部 WAL 齐备。</translation>
  </message>
  <message>
   <source>Estimated from measured rates. Nothing on any node has changed.</source>
   <translation>按实测速率估算。任何节点都未被改动。</translation>
  </message>
  <message>
   <source>Estimated time</source>
   <translation>估计用时</translation>
  </message>
  <message>
   <source>Every node is asked. Nothing on any node changes.</source>
   <translation>询问每个节点。任何节点都不会被改动。</translation>
  </message>
  <message>
   <source>Find an anchor</source>
   <translation>查找锚点</translation>
  </message>
  <message>
   <source>Follows, proven</source>
   <translation>跟随中，已证明</translation>
  </message>
  <message>
   <source>For a mistaken delete: find what was there, and book it again.</source>
   <translation>用于误删：找出原有内容，重新记账。</translation>
  </message>
  <message>
   <source>From here a copy is written</source>
   <translation>从此处起写入副本</translation>
  </message>
  <message>
   <source>From here the target is written</source>
   <translation>从此处起写入目标</translation>
  </message>
  <message>
   <source>Goal</source>
   <translation>目的</translation>
  </message>
  <message>
   <source>Goal: inspect in a sandbox. No step touches the running cluster.</source>
   <translation>目的：在沙箱中查看。任何步骤都不触动运行中的集群。</translation>
  </message>
  <message>
   <source>How the recovery is told to end</source>
   <translation>恢复终止方式的设置</translation>
  </message>
  <message>
   <source>Identity card</source>
   <translation>身份卡</translation>
  </message>
  <message>
   <source>Inspect in a sandbox</source>
   <translation>在沙箱中查看</translation>
  </message>
  <message>
   <source>Is there room, and how long does it take?</source>
   <translation>空间是否足够，需要多久？</translation>
  </message>
  <message>
   <source>Is written</source>
   <translation>写入量</translation>
  </message>
  <message>
   <source>It becomes a standby. Its old data lies beside until the new one is proven.</source>
   <translation>它成为备库。其旧数据放在旁边，直到新数据得到证明。</translation>
  </message>
  <message>
   <source>It is opened read-only, for you to ask.</source>
   <translation>以只读打开，供你查询。</translation>
  </message>
  <message>
   <source>It listens on no network, archives nothing, follows nobody, runs no job of its own.</source>
   <translation>它不监听任何网络，不归档，不跟随任何节点，不运行自己的作业。</translation>
  </message>
  <message>
   <source>It starts by itself once it is approved</source>
   <translation>批准后自动开始</translation>
  </message>
  <message>
   <source>It stays open until you close it, and takes its room until then.</source>
   <translation>它保持打开直到你关闭，期间占用空间。</translation>
  </message>
  <message>
   <source>It took</source>
   <translation>用时</translation>
  </message>
  <message>
   <source>Journaled after each step. Closing this window stops nothing.</source>
   <translation>每步之后记入日志。关闭此窗口不会停止任何操作。</translation>
  </message>
  <message>
   <source>LSN</source>
   <translation>LSN</translation>
  </message>
  <message>
   <source>Last entry</source>
   <translation>最后分录</translation>
  </message>
  <message>
   <source>Latest: all WAL that there is</source>
   <translation>最新：现有的全部 WAL</translation>
  </message>
  <message>
   <source>Lay out, stop the ledger</source>
   <translation>展开，停止账本</translation>
  </message>
  <message>
   <source>Leave</source>
   <translation>离开</translation>
  </message>
  <message>
   <source>Leave, it goes on</source>
   <translation>离开，继续运行</translation>
  </message>
  <message>
   <source>Leave, nothing was changed</source>
   <translation>离开，未做任何改动</translation>
  </message>
  <message>
   <source>Left open, it stays: the Backups page shows it, and closes it.</source>
   <translation>不关闭则保留：“备份”页显示它，并可关闭它。</translation>
  </message>
  <message>
   <source>Left. No node of {cluster} was changed.</source>
   <translation>已离开。{cluster} 的任何节点都未被改动。</translation>
  </message>
  <message>
   <source>Make room there, or name another sandbox host in the policy.</source>
   <translation>在那里腾出空间，或在策略中指定另一台沙箱主机。</translation>
  </message>
  <message>
   <source>Moment to go back to</source>
   <translation>要还原到的时刻</translation>
  </message>
  <message>
   <source>Nearest: {at}</source>
   <translation>最近可选：{at}</translation>
  </message>
  <message>
   <source>Nearest: {lsn}</source>
   <translation>最近可选：{lsn}</translation>
  </message>
  <message>
   <source>Next: approve</source>
   <translation>下一步：批准</translation>
  </message>
  <message>
   <source>Next: point in time</source>
   <translation>下一步：时间点</translation>
  </message>
  <message>
   <source>Next: preview</source>
   <translation>下一步：预览</translation>
  </message>
  <message>
   <source>Next: source chain</source>
   <translation>下一步：来源备份链</translation>
  </message>
  <message>
   <source>Next: space and time</source>
   <translation>下一步：空间和时间</translation>
  </message>
  <message>
   <source>Next: target</source>
   <translation>下一步：目标</translation>
  </message>
  <message>
   <source>No node is chosen</source>
   <translation>未选择节点</translation>
  </message>
  <message>
   <source>No node of the cluster was changed.</source>
   <translation>集群的任何节点都未被改动。</translation>
  </message>
  <message>
   <source>Nodes</source>
   <translation>节点</translation>
  </message>
  <message>
   <source>Not asked yet</source>
   <translation>尚未询问</translation>
  </message>
  <message>
   <source>Nothing else was touched.</source>
   <translation>其他内容均未触动。</translation>
  </message>
  <message>
   <source>Nothing on any node changes</source>
   <translation>任何节点都不会被改动</translation>
  </message>
  <message>
   <source>Nothing on any node changes before step {n}. Closing this window loses nothing.</source>
   <translation>第 {n} 步之前，任何节点都不会被改动。关闭此窗口不会丢失任何内容。</translation>
  </message>
  <message>
   <source>Nothing on any node has changed. F5 asks again.</source>
   <translation>任何节点都未被改动。F5 再次询问。</translation>
  </message>
  <message>
   <source>Nothing refuses</source>
   <translation>没有拒绝项</translation>
  </message>
  <message>
   <source>Nothing was changed. The restore of {cluster} waits for its approval: Recovery.</source>
   <translation>未做任何改动。{cluster} 的还原等待批准：“恢复”页。</translation>
  </message>
  <message>
   <source>On {node}; no node of the cluster was changed.</source>
   <translation>在 {node} 上；集群的任何节点都未被改动。</translation>
  </message>
  <message>
   <source>One backup, and the WAL after it</source>
   <translation>一个备份，及其后的 WAL</translation>
  </message>
  <message>
   <source>One node</source>
   <translation>一个节点</translation>
  </message>
  <message>
   <source>Open, read-only</source>
   <translation>已打开，只读</translation>
  </message>
  <message>
   <source>Open, read-only, proven</source>
   <translation>已打开，只读，已证明</translation>
  </message>
  <message>
   <source>Or say it exactly</source>
   <translation>或精确指定</translation>
  </message>
  <message>
   <source>Point in time</source>
   <translation>时间点</translation>
  </message>
  <message>
   <source>Preview</source>
   <translation>预览</translation>
  </message>
  <message>
   <source>Proof of books</source>
   <translation>账簿证明</translation>
  </message>
  <message>
   <source>Proven</source>
   <translation>已证明</translation>
  </message>
  <message>
   <source>Proven: {proven}. {when}</source>
   <translation>已证明：{proven}。{when}</translation>
  </message>
  <message>
   <source>Put in place</source>
   <translation>换上</translation>
  </message>
  <message>
   <source>Recovery window</source>
   <translation>可还原范围</translation>
  </message>
  <message>
   <source>Replayed to</source>
   <translation>已重放至</translation>
  </message>
  <message>
   <source>Report</source>
   <translation>报告</translation>
  </message>
  <message>
   <source>Repository</source>
   <translation>备份库</translation>
  </message>
  <message>
   <source>Restorable: the chain and all WAL up to there are present.</source>
   <translation>可还原：备份链和直至该处的全部 WAL 齐备。</translation>
  </message>
  <message>
   <source>Restore and show</source>
   <translation>还原并显示</translation>
  </message>
  <message>
   <source>Restore of {cluster}</source>
   <translation>{cluster} 的还原</translation>
  </message>
  <message>
   <source>Restore point</source>
   <translation>还原点</translation>
  </message>
  <message>
   <source>Restore {cluster} now</source>
   <translation>立即还原 {cluster}</translation>
  </message>
  <message>
   <source>Restore {node} now</source>
   <translation>立即还原 {node}</translation>
  </message>
  <message>
   <source>Room there</source>
   <translation>可用空间</translation>
  </message>
  <message>
   <source>Run</source>
   <translation>运行</translation>
  </message>
  <message>
   <source>Source chain</source>
   <translation>来源备份链</translation>
  </message>
  <message>
   <source>Space and time</source>
   <translation>空间和时间</translation>
  </message>
  <message>
   <source>Spares the primary a copy over the network. The ledger goes on.</source>
   <translation>免去主库经网络的拷贝。账本继续运行。</translation>
  </message>
  <message>
   <source>Takes about</source>
   <translation>约需</translation>
  </message>
  <message>
   <source>Target</source>
   <translation>目标</translation>
  </message>
  <message>
   <source>That is not its name.</source>
   <translation>这不是它的名称。</translation>
  </message>
  <message>
   <source>The books as they stood after entry {n}. {fit}</source>
   <translation>分录 {n} 之后的账簿。{fit}</translation>
  </message>
  <message>
   <source>The books of the copy are proven: every check by name, from entry 1.</source>
   <translation>副本的账簿已证明：每项检查均列名，自分录 1 起。</translation>
  </message>
  <message>
   <source>The chain is laid out on {node}, in a directory that is not there yet.</source>
   <translation>备份链展开在 {node} 上，位于一个尚不存在的目录。</translation>
  </message>
  <message>
   <source>The chain is not known yet</source>
   <translation>备份链尚未知</translation>
  </message>
  <message>
   <source>The chain of {n} backups is laid out on {node}, in a directory that is not there yet.</source>
   <translation>{n} 个备份的链展开在 {node} 上，位于一个尚不存在的目录。</translation>
  </message>
  <message>
   <source>The copy could not be opened: {reason}</source>
   <translation>副本无法打开：{reason}</translation>
  </message>
  <message>
   <source>The copy is being made</source>
   <translation>正在制作副本</translation>
  </message>
  <message>
   <source>The copy is made, and is being looked for</source>
   <translation>副本已制作，正在查找</translation>
  </message>
  <message>
   <source>The copy is open, read-only, and ends at entry {n}</source>
   <translation>副本已打开，只读，止于分录 {n}</translation>
  </message>
  <message>
   <source>The copy of {cluster} is made without this page. The Backups page shows it.</source>
   <translation>{cluster} 的副本在没有此页时继续制作。“备份”页显示它。</translation>
  </message>
  <message>
   <source>The engine tells of it in a moment.</source>
   <translation>引擎稍后报告。</translation>
  </message>
  <message>
   <source>The ledger stops meanwhile. Old data is kept until you accept the result.</source>
   <translation>其间账本停止。旧数据保留到你接受结果。</translation>
  </message>
  <message>
   <source>The name of the node</source>
   <translation>节点的名称</translation>
  </message>
  <message>
   <source>The node is asked for its card.</source>
   <translation>正在向节点询问其身份卡。</translation>
  </message>
  <message>
   <source>The old data directory is kept until here</source>
   <translation>旧数据目录保留到此处</translation>
  </message>
  <message>
   <source>The one that serves it best</source>
   <translation>最适合的备份库</translation>
  </message>
  <message>
   <source>The others are stopped, and rebuilt from it once you accepted the result.</source>
   <translation>其他节点停止，在你接受结果后从它重建。</translation>
  </message>
  <message>
   <source>The plan can't be run: see what refuses, and how to mend it</source>
   <translation>计划无法运行：查看拒绝项及修复方法</translation>
  </message>
  <message>
   <source>The plan is being made and checked</source>
   <translation>正在制定并检查计划</translation>
  </message>
  <message>
   <source>The plan is refused</source>
   <translation>计划被拒绝</translation>
  </message>
  <message>
   <source>The restore of {cluster} goes on without this page. The Recovery page shows it.</source>
   <translation>{cluster} 的还原在没有此页时继续。“恢复”页显示它。</translation>
  </message>
  <message>
   <source>The whole cluster</source>
   <translation>整个集群</translation>
  </message>
  <message>
   <source>There is no plan yet</source>
   <translation>尚无计划</translation>
  </message>
  <message>
   <source>There is no plan yet: F5 asks for it</source>
   <translation>尚无计划：F5 请求计划</translation>
  </message>
  <message>
   <source>There is not room enough for the copy</source>
   <translation>副本的空间不足</translation>
  </message>
  <message>
   <source>This can't be had. The nearest that can stand beside it.</source>
   <translation>无法还原到此。最近可选的列在旁边。</translation>
  </message>
  <message>
   <source>This moment can't be had: choose one that can</source>
   <translation>无法还原到此时刻：选择可还原的时刻</translation>
  </message>
  <message>
   <source>This repository can't give that moment back</source>
   <translation>此备份库无法还原到该时刻</translation>
  </message>
  <message>
   <source>Time (UTC)</source>
   <translation>时间（UTC）</translation>
  </message>
  <message>
   <source>Type the node's name</source>
   <translation>键入节点的名称</translation>
  </message>
  <message>
   <source>Type {name} to say that this card is the one you mean</source>
   <translation>键入 {name}，确认此身份卡即你所指的节点</translation>
  </message>
  <message>
   <source>Type {name}: what lies in its data directory is put aside in the run.</source>
   <translation>键入 {name}：运行中会将其数据目录的内容移到一旁。</translation>
  </message>
  <message>
   <source>Up and Down choose another goal.</source>
   <translation>上下键选择另一个目的。</translation>
  </message>
  <message>
   <source>WAL is damaged there</source>
   <translation>此处 WAL 已损坏</translation>
  </message>
  <message>
   <source>WAL is missing there</source>
   <translation>此处缺少 WAL</translation>
  </message>
  <message>
   <source>WAL is replayed up to the moment; that it was reached is proven, not believed.</source>
   <translation>WAL 重放到该时刻；已到达须经证明，而非假定。</translation>
  </message>
  <message>
   <source>WAL to replay</source>
   <translation>要重放的 WAL</translation>
  </message>
  <message>
   <source>What is the restore for?</source>
   <translation>还原的目的是什么？</translation>
  </message>
  <message>
   <source>What the restore is for</source>
   <translation>还原的目的</translation>
  </message>
  <message>
   <source>What this node says of itself. Compare it with what you mean.</source>
   <translation>此节点对自身的说明。与你所指的节点对照。</translation>
  </message>
  <message>
   <source>What was checked of it</source>
   <translation>对它检查了什么</translation>
  </message>
  <message>
   <source>Whether it can be had is not known: F5 asks</source>
   <translation>能否还原到此未知：F5 询问</translation>
  </message>
  <message>
   <source>Which node becomes the primary of the restored cluster?</source>
   <translation>哪个节点成为还原后集群的主库？</translation>
  </message>
  <message>
   <source>Which node gets its data from the backup?</source>
   <translation>哪个节点从备份取得数据？</translation>
  </message>
  <message>
   <source>You may leave: it goes on, and opens by itself. No node of the cluster changes.</source>
   <translation>可以离开：它继续运行，并自动打开。集群的任何节点都不会被改动。</translation>
  </message>
  <message>
   <source>a backup is consistent only from its end on</source>
   <translation>备份从其结束时起才一致</translation>
  </message>
  <message>
   <source>a backup of the chain is missing or broken</source>
   <translation>链中有一个备份缺失或已损坏</translation>
  </message>
  <message>
   <source>a check failed</source>
   <translation>一项检查失败</translation>
  </message>
  <message>
   <source>a position as 59/C40A11F8</source>
   <translation>位置，形如 59/C40A11F8</translation>
  </message>
  <message>
   <source>a time as 2026-03-16 18:00:00, in UTC unless it says otherwise</source>
   <translation>时间，形如 2026-03-16 18:00:00，未另注明则为 UTC</translation>
  </message>
  <message>
   <source>about {n} entries fewer</source>
   <translation>约少 {n} 笔分录</translation>
  </message>
  <message>
   <source>about {time}</source>
   <translation>约 {time}</translation>
  </message>
  <message>
   <source>after entry {n}</source>
   <translation>分录 {n} 之后</translation>
  </message>
  <message>
   <source>anchor</source>
   <translation>锚点</translation>
  </message>
  <message>
   <source>and {bytes} of WAL, all present</source>
   <translation>及 {bytes} 的 WAL，全部齐备</translation>
  </message>
  <message>
   <source>as the engine finds it</source>
   <translation>由引擎选定</translation>
  </message>
  <message>
   <source>backup</source>
   <translation>备份</translation>
  </message>
  <message>
   <source>backups yes, WAL not checked</source>
   <translation>备份齐备，WAL 未检查</translation>
  </message>
  <message>
   <source>before entry {n}</source>
   <translation>分录 {n} 之前</translation>
  </message>
  <message>
   <source>begun (UTC)</source>
   <translation>开始（UTC）</translation>
  </message>
  <message>
   <source>by the rate of the last restore here</source>
   <translation>按此处上次还原的速率</translation>
  </message>
  <message>
   <source>change</source>
   <translation>更改</translation>
  </message>
  <message>
   <source>chosen</source>
   <translation>已选</translation>
  </message>
  <message>
   <source>counted by booking times; {below}</source>
   <translation>按记账时间计数；{below}</translation>
  </message>
  <message>
   <source>end of a backup</source>
   <translation>备份结束</translation>
  </message>
  <message>
   <source>end of day</source>
   <translation>日终</translation>
  </message>
  <message>
   <source>end of day {day}</source>
   <translation>{day} 日终</translation>
  </message>
  <message>
   <source>entries after it</source>
   <translation>其后的分录</translation>
  </message>
  <message>
   <source>entry {n}</source>
   <translation>分录 {n}</translation>
  </message>
  <message>
   <source>from the press to open</source>
   <translation>从按下到打开</translation>
  </message>
  <message>
   <source>from, to</source>
   <translation>从，到</translation>
  </message>
  <message>
   <source>grey bars: entries booked</source>
   <translation>灰色条：已记账的分录</translation>
  </message>
  <message>
   <source>holds no WAL that leads on from its backups</source>
   <translation>没有承接其备份的 WAL</translation>
  </message>
  <message>
   <source>holds no backup</source>
   <translation>没有备份</translation>
  </message>
  <message>
   <source>how much WAL is not known</source>
   <translation>WAL 量未知</translation>
  </message>
  <message>
   <source>is the primary: go back as the whole cluster, or switch over first</source>
   <translation>是主库：以整个集群还原，或先计划切换</translation>
  </message>
  <message>
   <source>it lies before the first backup</source>
   <translation>早于第一个备份</translation>
  </message>
  <message>
   <source>it lies beyond the last WAL that was kept</source>
   <translation>晚于所保留的最后 WAL</translation>
  </message>
  <message>
   <source>kind</source>
   <translation>类型</translation>
  </message>
  <message>
   <source>last entry</source>
   <translation>最后分录</translation>
  </message>
  <message>
   <source>latest</source>
   <translation>最新</translation>
  </message>
  <message>
   <source>left on {node}</source>
   <translation>{node} 上剩余</translation>
  </message>
  <message>
   <source>moments from {begin} to {end}</source>
   <translation>从 {begin} 到 {end} 的时刻</translation>
  </message>
  <message>
   <source>named point</source>
   <translation>命名点</translation>
  </message>
  <message>
   <source>never restored on trial</source>
   <translation>从未试还原</translation>
  </message>
  <message>
   <source>next anchor</source>
   <translation>下一个锚点</translation>
  </message>
  <message>
   <source>no node knows where that entry was committed</source>
   <translation>没有节点知道该分录在何处提交</translation>
  </message>
  <message>
   <source>no repository could be read</source>
   <translation>没有备份库可读取</translation>
  </message>
  <message>
   <source>not checked</source>
   <translation>未检查</translation>
  </message>
  <message>
   <source>not known</source>
   <translation>未知</translation>
  </message>
  <message>
   <source>not known yet</source>
   <translation>尚未知</translation>
  </message>
  <message>
   <source>not read</source>
   <translation>未读取</translation>
  </message>
  <message>
   <source>not seen now</source>
   <translation>现在看不到</translation>
  </message>
  <message>
   <source>nothing missing</source>
   <translation>没有缺少</translation>
  </message>
  <message>
   <source>nothing was restored here yet</source>
   <translation>此处尚未还原过</translation>
  </message>
  <message>
   <source>of the copy</source>
   <translation>副本的</translation>
  </message>
  <message>
   <source>one node</source>
   <translation>一个节点</translation>
  </message>
  <message>
   <source>proof</source>
   <translation>证明</translation>
  </message>
  <message>
   <source>read back only</source>
   <translation>仅已回读</translation>
  </message>
  <message>
   <source>restored with whole books, {at}</source>
   <translation>已还原且账簿完整，{at}</translation>
  </message>
  <message>
   <source>sandbox</source>
   <translation>沙箱</translation>
  </message>
  <message>
   <source>see the Backups page</source>
   <translation>见“备份”页</translation>
  </message>
  <message>
   <source>size</source>
   <translation>大小</translation>
  </message>
  <message>
   <source>taken from</source>
   <translation>取自</translation>
  </message>
  <message>
   <source>the backup host</source>
   <translation>备份主机</translation>
  </message>
  <message>
   <source>the backups are of another system identifier</source>
   <translation>备份属于另一个系统标识符</translation>
  </message>
  <message>
   <source>the chain, laid out</source>
   <translation>展开的备份链</translation>
  </message>
  <message>
   <source>the entries could not be counted: {reason}; {below}</source>
   <translation>无法计数分录：{reason}；{below}</translation>
  </message>
  <message>
   <source>the name of a restore point</source>
   <translation>还原点名称</translation>
  </message>
  <message>
   <source>the node then replays them from its upstream</source>
   <translation>之后节点从其上游重放它们</translation>
  </message>
  <message>
   <source>the number of an entry</source>
   <translation>分录编号</translation>
  </message>
  <message>
   <source>the repository holds no such timeline</source>
   <translation>备份库中没有该时间线</translation>
  </message>
  <message>
   <source>the restore itself proves it</source>
   <translation>由还原本身证明</translation>
  </message>
  <message>
   <source>the sandbox only: live keeps them all</source>
   <translation>仅沙箱：现行账本全部保留</translation>
  </message>
  <message>
   <source>the sum of its steps</source>
   <translation>其各步骤之和</translation>
  </message>
  <message>
   <source>the time names no zone</source>
   <translation>时间没有注明时区</translation>
  </message>
  <message>
   <source>there is no backup yet</source>
   <translation>尚无备份</translation>
  </message>
  <message>
   <source>they go from the ledger, and are named in the report</source>
   <translation>它们从账本移除，并在报告中列出</translation>
  </message>
  <message>
   <source>time (UTC)</source>
   <translation>时间（UTC）</translation>
  </message>
  <message>
   <source>timeline</source>
   <translation>时间线</translation>
  </message>
  <message>
   <source>timeline {n}</source>
   <translation>时间线 {n}</translation>
  </message>
  <message>
   <source>whole cluster</source>
   <translation>整个集群</translation>
  </message>
  <message>
   <source>{begin} to {end}</source>
   <translation>{begin} 至 {end}</translation>
  </message>
  <message>
   <source>{begin}, consistent from {end} on</source>
   <translation>{begin}，自 {end} 起一致</translation>
  </message>
  <message>
   <source>{cluster} itself goes back. What was booked after the moment is gone from it.</source>
   <translation>{cluster} 本身还原。该时刻之后记账的内容从中消失。</translation>
  </message>
  <message>
   <source>{n}  {sentence}</source>
   <translation>{n}  {sentence}</translation>
  </message>
  <message>
   <source>{n} backups laid over each other, and the WAL after them</source>
   <translation>{n} 个备份逐层叠加，及其后的 WAL</translation>
  </message>
  <message>
   <source>{n} entries fewer</source>
   <translation>少 {n} 笔分录</translation>
  </message>
  <message>
   <source>{n} more</source>
   <translation>另 {n} 项</translation>
  </message>
  <message>
   <source>{said} ({detail})</source>
   <translation>{said}（{detail}）</translation>
  </message>
  <message>
   <source>{said} was refused: {reason}.</source>
   <translation>不能选 {said}：{reason}。</translation>
  </message>
  <message>
   <source>{weekday} {day} {month} {year}, {clock} UTC</source>
   <translation>{year} 年 {month} {day} 日{weekday}，{clock} UTC</translation>
  </message>
 </context>
 <context>
  <name>run</name>
  <message>
   <source>(nothing is sent to a shell)</source>
   <translation>（不向 shell 发送任何内容）</translation>
  </message>
  <message>
   <source>1 entry</source>
   <translation>1 笔分录</translation>
  </message>
  <message>
   <source>1 step</source>
   <translation>1 个步骤</translation>
  </message>
  <message>
   <source>A new maximum is recorded under your name, and the plan goes on.</source>
   <translation>新的上限以你的名义记录，计划继续。</translation>
  </message>
  <message>
   <source>A part of the WAL archive is missing: a point in time can't be restored</source>
   <translation>WAL 归档缺少一部分：有时间点无法还原</translation>
  </message>
  <message>
   <source>A reason of at least {n} characters is needed. Nothing was sent.</source>
   <translation>理由至少须有 {n} 个字符。未发送任何内容。</translation>
  </message>
  <message>
   <source>A rehearsal changes nothing, so nothing is left behind.</source>
   <translation>演练不做改动，因此不留下任何内容。</translation>
  </message>
  <message>
   <source>A whole number of entries is needed. Nothing was sent.</source>
   <translation>须为整数的分录数。未发送任何内容。</translation>
  </message>
  <message>
   <source>Accept what was restored</source>
   <translation>接受还原的内容</translation>
  </message>
  <message>
   <source>Already so: {observed}</source>
   <translation>已如此：{observed}</translation>
  </message>
  <message>
   <source>Another console holds the lock of this cluster, and is alive: {observed}</source>
   <translation>另一个控制台持有此集群的锁，且在运行：{observed}</translation>
  </message>
  <message>
   <source>Approve a greater loss …</source>
   <translation>批准更大的丢失量…</translation>
  </message>
  <message>
   <source>Approve and go on</source>
   <translation>批准并继续</translation>
  </message>
  <message>
   <source>At most {least} would be lost, so a smaller maximum would stop the plan again</source>
   <translation>最多会丢失 {least}，因此更小的上限会使计划再次停止</translation>
  </message>
  <message>
   <source>Attach {node} again: it follows nobody now</source>
   <translation>重新接上 {node}：它现在不跟随任何节点</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>返回</translation>
  </message>
  <message>
   <source>Booked after the moment, and going away: {entries}</source>
   <translation>该时刻之后记账、将失去的：{entries}</translation>
  </message>
  <message>
   <source>Booked after the moment, and going away: {entries} or more</source>
   <translation>该时刻之后记账、将失去的：{entries} 或更多</translation>
  </message>
  <message>
   <source>Books whole</source>
   <translation>账簿完整</translation>
  </message>
  <message>
   <source>Break the lock and go on</source>
   <translation>打破锁并继续</translation>
  </message>
  <message>
   <source>Break the lock …</source>
   <translation>打破锁…</translation>
  </message>
  <message>
   <source>Cancel the plan</source>
   <translation>取消计划</translation>
  </message>
  <message>
   <source>Choose a step to see what it does and what was said.</source>
   <translation>选择一个步骤，以查看它做什么及其输出。</translation>
  </message>
  <message>
   <source>Commands</source>
   <translation>命令</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>复制</translation>
  </message>
  <message>
   <source>Drop the slots on {node} that nobody uses</source>
   <translation>删除 {node} 上无人使用的槽</translation>
  </message>
  <message>
   <source>End the outage meter's client on {node}</source>
   <translation>终止 {node} 上的中断测量客户端</translation>
  </message>
  <message>
   <source>Fence {node} as soon as its host answers</source>
   <translation>{node} 的主机一有应答即将其隔离</translation>
  </message>
  <message>
   <source>Give the lock back on {node}</source>
   <translation>在 {node} 上归还锁</translation>
  </message>
  <message>
   <source>How many entries were booked after the moment and go away is not known</source>
   <translation>该时刻之后记账、将失去的分录数未知</translation>
  </message>
  <message>
   <source>If this step fails: nothing was changed, and the rehearsal says so.</source>
   <translation>如果此步失败：未做任何改动，演练会如此报告。</translation>
  </message>
  <message>
   <source>If this step fails: the plan stops here and asks. From here it only leads forward.</source>
   <translation>如果此步失败：计划在此停止并询问。由此只能向前。</translation>
  </message>
  <message>
   <source>If this step fails: the plan stops here and asks. What was done can be undone.</source>
   <translation>如果此步失败：计划在此停止并询问。已做的可以撤销。</translation>
  </message>
  <message>
   <source>If this step fails: {target} keeps serving writes, and the plan stops here and asks.</source>
   <translation>如果此步失败：{target} 继续提供写入，计划在此停止并询问。</translation>
  </message>
  <message>
   <source>It has not begun. 'Commands' shows what it will send.</source>
   <translation>尚未开始。“命令”显示它将发送的内容。</translation>
  </message>
  <message>
   <source>It takes the place of what was there, and is written to from then on.</source>
   <translation>它取代原有的内容，从此接受写入。</translation>
  </message>
  <message>
   <source>Its commands said nothing.</source>
   <translation>其命令没有输出。</translation>
  </message>
  <message>
   <source>Leave it as it is</source>
   <translation>保持原状</translation>
  </message>
  <message>
   <source>Left to do</source>
   <translation>待办</translation>
  </message>
  <message>
   <source>Look again and go on</source>
   <translation>再次查看并继续</translation>
  </message>
  <message>
   <source>Looked at: {observed}</source>
   <translation>已查看：{observed}</translation>
  </message>
  <message>
   <source>Lost</source>
   <translation>丢失量</translation>
  </message>
  <message>
   <source>Lost, as last counted</source>
   <translation>丢失量，最近计数</translation>
  </message>
  <message>
   <source>Lost, as planned</source>
   <translation>丢失量，按计划</translation>
  </message>
  <message>
   <source>Lost, can no longer grow</source>
   <translation>丢失量，不会再增加</translation>
  </message>
  <message>
   <source>Make a fresh backup: older ones end on the timeline before</source>
   <translation>做一个新备份：更早的备份止于之前的时间线</translation>
  </message>
  <message>
   <source>Never begun</source>
   <translation>从未开始</translation>
  </message>
  <message>
   <source>New maximum of entries that may be lost, recorded under your name</source>
   <translation>可丢失分录的新上限，以你的名义记录</translation>
  </message>
  <message>
   <source>No program opens it. The report lies at {path}</source>
   <translation>没有程序能打开它。报告位于 {path}</translation>
  </message>
  <message>
   <source>Not proven: skipped by a person</source>
   <translation>未证明：由人跳过</translation>
  </message>
  <message>
   <source>Not proven: {proof}</source>
   <translation>未证明：{proof}</translation>
  </message>
  <message>
   <source>Nothing more is done. What is left to do is listed.</source>
   <translation>不再采取任何操作。待办事项已列出。</translation>
  </message>
  <message>
   <source>Nothing was booked after the moment</source>
   <translation>该时刻之后没有记账</translation>
  </message>
  <message>
   <source>Open the report</source>
   <translation>打开报告</translation>
  </message>
  <message>
   <source>Outage meter: {said}</source>
   <translation>中断测量：{said}</translation>
  </message>
  <message>
   <source>Output</source>
   <translation>输出</translation>
  </message>
  <message>
   <source>Output of the step</source>
   <translation>步骤的输出</translation>
  </message>
  <message>
   <source>Point of no return</source>
   <translation>不可返回点</translation>
  </message>
  <message>
   <source>Point of no return, passed {at}</source>
   <translation>不可返回点，已于 {at} 越过</translation>
  </message>
  <message>
   <source>Point {node} at the new primary</source>
   <translation>将 {node} 指向新主库</translation>
  </message>
  <message>
   <source>Prove the books: that was not done</source>
   <translation>证明账簿：尚未进行</translation>
  </message>
  <message>
   <source>Proven: {observed}</source>
   <translation>已证明：{observed}</translation>
  </message>
  <message>
   <source>Rehearsal of the {title}: it only looks, and promises nothing</source>
   <translation>{title}的演练：只查看，不作任何承诺</translation>
  </message>
  <message>
   <source>Rehearsal of the {title}: nothing stood in the way. It promises nothing</source>
   <translation>{title}的演练：没有阻碍。不作任何承诺</translation>
  </message>
  <message>
   <source>Rehearsal of the {title}: {count} would have failed. Nothing was changed</source>
   <translation>{title}的演练：{count}会失败。未做任何改动</translation>
  </message>
  <message>
   <source>Rejoin {node}: it is not a standby yet</source>
   <translation>重新加入 {node}：它尚不是备库</translation>
  </message>
  <message>
   <source>Remove the outage meter's row: it could not be cleared away</source>
   <translation>移除中断测量的行：未能清除</translation>
  </message>
  <message>
   <source>Roll back</source>
   <translation>回滚</translation>
  </message>
  <message>
   <source>Running step</source>
   <translation>正在运行的步骤</translation>
  </message>
  <message>
   <source>See to {node}: the plan was left in its middle</source>
   <translation>检查 {node}：计划在其中途被留下</translation>
  </message>
  <message>
   <source>Seen instead: {observed}</source>
   <translation>实际所见：{observed}</translation>
  </message>
  <message>
   <source>Sent: {choice}</source>
   <translation>已发送：{choice}</translation>
  </message>
  <message>
   <source>Set for whom commits wait: fewer standbys follow than was promised</source>
   <translation>设置提交等待谁：跟随的备库少于承诺</translation>
  </message>
  <message>
   <source>Skip and go on</source>
   <translation>跳过并继续</translation>
  </message>
  <message>
   <source>Skip this step …</source>
   <translation>跳过此步…</translation>
  </message>
  <message>
   <source>Step {n} has run</source>
   <translation>步骤 {n} 已运行</translation>
  </message>
  <message>
   <source>Steps</source>
   <translation>步骤</translation>
  </message>
  <message>
   <source>Steps, {how_far}</source>
   <translation>步骤，{how_far}</translation>
  </message>
  <message>
   <source>Stop after this step</source>
   <translation>此步之后停止</translation>
  </message>
  <message>
   <source>Stopping …</source>
   <translation>正在停止…</translation>
  </message>
  <message>
   <source>Switch automatic recovery on again</source>
   <translation>重新开启自动恢复</translation>
  </message>
  <message>
   <source>Take {node} out of the inventory, or add it again: its data is there</source>
   <translation>将 {node} 移出清单，或重新添加：其数据仍在</translation>
  </message>
  <message>
   <source>The console made a mistake of its own in {where}. It is written to its log</source>
   <translation>控制台在{where}出现自身错误。已写入其日志</translation>
  </message>
  <message>
   <source>The hook of {where} failed on {node}: {observed}</source>
   <translation>{where}的钩子在 {node} 上失败：{observed}</translation>
  </message>
  <message>
   <source>The loss ({observed}) is above what was approved ({threshold}). The plan has stopped and asks again</source>
   <translation>丢失量（{observed}）超过批准的 {threshold}。计划已停止，需重新批准</translation>
  </message>
  <message>
   <source>The old data of {node} is kept: delete it when the new is trusted</source>
   <translation>{node} 的旧数据已保留：信任新数据后删除</translation>
  </message>
  <message>
   <source>The other console's commands are refused from then on.</source>
   <translation>从此拒绝另一个控制台的命令。</translation>
  </message>
  <message>
   <source>The plan has stopped and waits for your answer</source>
   <translation>计划已停止，等待你的回答</translation>
  </message>
  <message>
   <source>The plan stops after this step and asks: cancel it, with all as it was, or go on. Nothing is lost.</source>
   <translation>计划在此步之后停止并询问：取消，一切恢复原状，或继续。不会丢失任何内容。</translation>
  </message>
  <message>
   <source>The plan was interrupted for {observed}. A person says whether it goes on</source>
   <translation>计划因 {observed} 中断。由人决定是否继续</translation>
  </message>
  <message>
   <source>The plan was stopped before {where}. Nothing runs now</source>
   <translation>计划在{where}之前停止。现在没有操作在运行</translation>
  </message>
  <message>
   <source>The point of no return is passed, so this leads nowhere.</source>
   <translation>不可返回点已越过，因此这行不通。</translation>
  </message>
  <message>
   <source>The point of no return is passed: the plan stops after this step and asks, and only leads forward.</source>
   <translation>不可返回点已越过：计划在此步之后停止并询问，且只能向前。</translation>
  </message>
  <message>
   <source>The proof of {where} did not come in time: {node} shows {observed}</source>
   <translation>{where}的证明未及时得到：{node} 显示 {observed}</translation>
  </message>
  <message>
   <source>The proofs are asked anew, and the plan goes on from where they hold.</source>
   <translation>重新询问各项证明，计划从证明成立之处继续。</translation>
  </message>
  <message>
   <source>The report could not be written: {node}</source>
   <translation>报告无法写入：{node}</translation>
  </message>
  <message>
   <source>The report is not there any more: {path}</source>
   <translation>报告已不存在：{path}</translation>
  </message>
  <message>
   <source>The rescued WAL on {node} is kept as evidence: remove it when read</source>
   <translation>{node} 上抢救的 WAL 已作为证据保留：阅读后移除</translation>
  </message>
  <message>
   <source>The run has taken</source>
   <translation>运行已用</translation>
  </message>
  <message>
   <source>The run took</source>
   <translation>运行用时</translation>
  </message>
  <message>
   <source>The step stays unproven, and the report says so.</source>
   <translation>该步骤保持未证明，并在报告中说明。</translation>
  </message>
  <message>
   <source>These WAL files are missing in the archive: {node}</source>
   <translation>归档中缺少这些 WAL 文件：{node}</translation>
  </message>
  <message>
   <source>This step sends no command: it only asks for its proof.</source>
   <translation>此步不发送命令：只询问其证明。</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>撤销</translation>
  </message>
  <message>
   <source>Undone, and that is proven</source>
   <translation>已撤销，并已证明</translation>
  </message>
  <message>
   <source>What has to hold before {where} no longer holds: {node} shows {observed}</source>
   <translation>{where}之前须成立的条件已不成立：{node} 显示 {observed}</translation>
  </message>
  <message>
   <source>What the plan was made from has changed, so it is not verified any more</source>
   <translation>制定计划所依据的情况已变更，因此计划不再是已核实的</translation>
  </message>
  <message>
   <source>What was done is undone, and that is proven.</source>
   <translation>已做的均已撤销，并已证明。</translation>
  </message>
  <message>
   <source>What was done is undone, step by step, and it is proven that all is as it was.</source>
   <translation>已做的均已逐步撤销，并已证明一切恢复原状。</translation>
  </message>
  <message>
   <source>What was restored stands read-only on {target}, and nothing can write. {goes}. Look at it, then accept it, or roll back</source>
   <translation>还原的内容以只读位于 {target}，无法写入。{goes}。先查看，再接受或回滚</translation>
  </message>
  <message>
   <source>What would be lost is not known, and {threshold} is approved. The plan has stopped and asks again</source>
   <translation>会丢失多少未知，批准为 {threshold}。计划已停止，需重新批准</translation>
  </message>
  <message>
   <source>What {where} had proven no longer holds: {node} shows {observed}</source>
   <translation>{where}所证明的已不成立：{node} 显示 {observed}</translation>
  </message>
  <message>
   <source>What {where} had proven no longer holds: {node} shows {observed} instead of {threshold}</source>
   <translation>{where}所证明的已不成立：{node} 显示 {observed}，而非 {threshold}</translation>
  </message>
  <message>
   <source>Why the other console's lock is broken, recorded under your name</source>
   <translation>打破另一个控制台的锁的理由，以你的名义记录</translation>
  </message>
  <message>
   <source>Why this step is skipped, recorded under your name</source>
   <translation>跳过此步的理由，以你的名义记录</translation>
  </message>
  <message>
   <source>Writes are back on {target} since {since}</source>
   <translation>{target} 已于 {since} 恢复写入</translation>
  </message>
  <message>
   <source>Writes are back on {target} since {since}. Now: {doing}</source>
   <translation>{target} 已于 {since} 恢复写入。现在：{doing}</translation>
  </message>
  <message>
   <source>Writes are back on {target} since {since}. The plan has stopped and asks</source>
   <translation>{target} 已于 {since} 恢复写入。计划已停止并询问</translation>
  </message>
  <message>
   <source>Writes have stopped. Now: {doing}</source>
   <translation>写入已中断。现在：{doing}</translation>
  </message>
  <message>
   <source>Writes have stopped. The plan waits for your answer</source>
   <translation>写入已中断。计划等待你的回答</translation>
  </message>
  <message>
   <source>Writes have stopped. {title} goes on</source>
   <translation>写入已中断。{title}继续</translation>
  </message>
  <message>
   <source>Writes stopped for</source>
   <translation>写入中断时长</translation>
  </message>
  <message>
   <source>a freeze needs a reason</source>
   <translation>冻结需要填写原因</translation>
  </message>
  <message>
   <source>a maximum of entries is needed for run {subject}</source>
   <translation>运行 {subject} 须有分录数上限</translation>
  </message>
  <message>
   <source>a node</source>
   <translation>某个节点</translation>
  </message>
  <message>
   <source>a reason is needed for run {subject}</source>
   <translation>运行 {subject} 须有理由</translation>
  </message>
  <message>
   <source>a rehearsal stops no write</source>
   <translation>演练不中断写入</translation>
  </message>
  <message>
   <source>a run of {subject} has not ended, and what it left may be needed</source>
   <translation>{subject} 的一个运行尚未结束，其留下的内容可能仍需要</translation>
  </message>
  <message>
   <source>about {time} expected</source>
   <translation>预计约 {time}</translation>
  </message>
  <message>
   <source>adding</source>
   <translation>添加</translation>
  </message>
  <message>
   <source>already so</source>
   <translation>已如此</translation>
  </message>
  <message>
   <source>and still stopped</source>
   <translation>且仍在中断</translation>
  </message>
  <message>
   <source>another console holds the lock of {subject}</source>
   <translation>另一个控制台持有 {subject} 的锁</translation>
  </message>
  <message>
   <source>another run of {subject} has not ended</source>
   <translation>{subject} 的另一个运行尚未结束</translation>
  </message>
  <message>
   <source>approved: {n} entries</source>
   <translation>已批准：{n} 笔分录</translation>
  </message>
  <message>
   <source>as far as checked</source>
   <translation>就已检查的部分</translation>
  </message>
  <message>
   <source>backups of {subject} are being taken away just now</source>
   <translation>{subject} 的备份正在被移除</translation>
  </message>
  <message>
   <source>cancelled, undone</source>
   <translation>已取消，已撤销</translation>
  </message>
  <message>
   <source>change of protection</source>
   <translation>保护级别变更</translation>
  </message>
  <message>
   <source>copied</source>
   <translation>已复制</translation>
  </message>
  <message>
   <source>done</source>
   <translation>完成</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>失败</translation>
  </message>
  <message>
   <source>failover</source>
   <translation>故障切换</translation>
  </message>
  <message>
   <source>it did not run</source>
   <translation>未运行</translation>
  </message>
  <message>
   <source>left as it stood</source>
   <translation>保持原状</translation>
  </message>
  <message>
   <source>limit {limit}</source>
   <translation>时限 {limit}</translation>
  </message>
  <message>
   <source>looked at</source>
   <translation>已查看</translation>
  </message>
  <message>
   <source>lost acknowledgements not compared yet</source>
   <translation>丢失的已确认写入尚未比对</translation>
  </message>
  <message>
   <source>more could be lost on {subject} than the maximum that was approved</source>
   <translation>{subject} 上可能的丢失超过批准的上限</translation>
  </message>
  <message>
   <source>no</source>
   <translation>否</translation>
  </message>
  <message>
   <source>no acknowledged write lost</source>
   <translation>没有丢失已确认的写入</translation>
  </message>
  <message>
   <source>no proof of books was made</source>
   <translation>未做账簿证明</translation>
  </message>
  <message>
   <source>no write succeeded for {gap}</source>
   <translation>{gap} 内没有写入完成</translation>
  </message>
  <message>
   <source>nobody has vouched for what the plan for {subject} asks</source>
   <translation>{subject} 的计划要求的担保尚无人作出</translation>
  </message>
  <message>
   <source>not at all so far</source>
   <translation>迄今未中断</translation>
  </message>
  <message>
   <source>not begun</source>
   <translation>未开始</translation>
  </message>
  <message>
   <source>not checked</source>
   <translation>未检查</translation>
  </message>
  <message>
   <source>not measured</source>
   <translation>未测量</translation>
  </message>
  <message>
   <source>not run</source>
   <translation>未运行</translation>
  </message>
  <message>
   <source>nothing</source>
   <translation>无</translation>
  </message>
  <message>
   <source>plan {subject} is another than the one that was read</source>
   <translation>计划 {subject} 与所阅读的不同</translation>
  </message>
  <message>
   <source>proven</source>
   <translation>已证明</translation>
  </message>
  <message>
   <source>rehearsed</source>
   <translation>已演练</translation>
  </message>
  <message>
   <source>rejoin</source>
   <translation>重新加入</translation>
  </message>
  <message>
   <source>removal</source>
   <translation>移除</translation>
  </message>
  <message>
   <source>restart</source>
   <translation>重启</translation>
  </message>
  <message>
   <source>restore</source>
   <translation>还原</translation>
  </message>
  <message>
   <source>run {subject} asks nothing now</source>
   <translation>运行 {subject} 现在没有询问</translation>
  </message>
  <message>
   <source>run {subject} does not offer this choice</source>
   <translation>运行 {subject} 不提供此选择</translation>
  </message>
  <message>
   <source>run {subject} has ended</source>
   <translation>运行 {subject} 已结束</translation>
  </message>
  <message>
   <source>run {subject} waits for no approval</source>
   <translation>运行 {subject} 不等待批准</translation>
  </message>
  <message>
   <source>run {subject} was not done to its end for real: it has no figures</source>
   <translation>运行 {subject} 没有真正执行到底：没有指标</translation>
  </message>
  <message>
   <source>running</source>
   <translation>运行中</translation>
  </message>
  <message>
   <source>since the meter began, and still stopped</source>
   <translation>自测量开始起，且仍在中断</translation>
  </message>
  <message>
   <source>since the meter began: no write succeeded before</source>
   <translation>自测量开始起：此前没有写入完成</translation>
  </message>
  <message>
   <source>skipped</source>
   <translation>已跳过</translation>
  </message>
  <message>
   <source>somebody vouched for what the plan for {subject} does not ask</source>
   <translation>有人作出了 {subject} 的计划未要求的担保</translation>
  </message>
  <message>
   <source>step {n} ({sentence})</source>
   <translation>步骤 {n}（{sentence}）</translation>
  </message>
  <message>
   <source>step {n} proves it</source>
   <translation>由第 {n} 步证明</translation>
  </message>
  <message>
   <source>stopped, asks</source>
   <translation>已停止，正在询问</translation>
  </message>
  <message>
   <source>stopping</source>
   <translation>正在停止</translation>
  </message>
  <message>
   <source>switchover</source>
   <translation>计划切换</translation>
  </message>
  <message>
   <source>the engine keeps no plan {subject}</source>
   <translation>引擎没有留存计划 {subject}</translation>
  </message>
  <message>
   <source>the name typed is not that of {subject}</source>
   <translation>键入的名称不是 {subject} 的名称</translation>
  </message>
  <message>
   <source>the node</source>
   <translation>节点</translation>
  </message>
  <message>
   <source>the plan</source>
   <translation>计划</translation>
  </message>
  <message>
   <source>the plan for {subject} has checks that refuse it</source>
   <translation>{subject} 的计划有检查将其拒绝</translation>
  </message>
  <message>
   <source>there is no run {subject}</source>
   <translation>没有运行 {subject}</translation>
  </message>
  <message>
   <source>undone</source>
   <translation>已撤销</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>等待中</translation>
  </message>
  <message>
   <source>waits for approval</source>
   <translation>等待批准</translation>
  </message>
  <message>
   <source>what the plan for {subject} was made from has changed</source>
   <translation>制定 {subject} 的计划所依据的情况已变更</translation>
  </message>
  <message>
   <source>what was left on {subject} is being removed already</source>
   <translation>{subject} 上的遗留已在移除中</translation>
  </message>
  <message>
   <source>{cluster}: rehearsal, {title}, started by {person}</source>
   <translation>{cluster}：演练，{title}，由 {person} 启动</translation>
  </message>
  <message>
   <source>{cluster}: {title}, started by {person}</source>
   <translation>{cluster}：{title}，由 {person} 启动</translation>
  </message>
  <message>
   <source>{cluster}: {title}, started by {person}, approved by {second}</source>
   <translation>{cluster}：{title}，由 {person} 启动，由 {second} 批准</translation>
  </message>
  <message>
   <source>{done} of 1 step looked at</source>
   <translation>1 个步骤中 {done} 个已查看</translation>
  </message>
  <message>
   <source>{done} of 1 step proven</source>
   <translation>1 个步骤中 {done} 个已证明</translation>
  </message>
  <message>
   <source>{done} of {n} steps looked at</source>
   <translation>{n} 个步骤中 {done} 个已查看</translation>
  </message>
  <message>
   <source>{done} of {n} steps proven</source>
   <translation>{n} 个步骤中 {done} 个已证明</translation>
  </message>
  <message>
   <source>{first} to {last}</source>
   <translation>{first} 至 {last}</translation>
  </message>
  <message>
   <source>{gap} or more</source>
   <translation>{gap} 或更久</translation>
  </message>
  <message>
   <source>{goes}. Of what the old primary had written when it was stopped, at least {size} of WAL are missing in it</source>
   <translation>{goes}。旧主库停止时已写入的内容，还原后至少缺少 {size} 的 WAL</translation>
  </message>
  <message>
   <source>{good} of {all} writes succeeded, {errors} failed, {unknown} without an answer</source>
   <translation>{all} 次写入中 {good} 次完成，{errors} 次失败，{unknown} 次没有应答</translation>
  </message>
  <message>
   <source>{name}: {planned} when it was planned, {now} now</source>
   <translation>{name}：计划时为 {planned}，现在为 {now}</translation>
  </message>
  <message>
   <source>{node} acknowledged writes of the outage meter are lost</source>
   <translation>中断测量的 {node} 次已确认写入已丢失</translation>
  </message>
  <message>
   <source>{node} can't be reached for {where}</source>
   <translation>无法连接 {node} 以执行{where}</translation>
  </message>
  <message>
   <source>{node} is fenced: it can't accept writes until it is rejoined</source>
   <translation>{node} 已隔离：重新加入之前无法接受写入</translation>
  </message>
  <message>
   <source>{node} refused {where}: {observed}</source>
   <translation>{node} 拒绝{where}：{observed}</translation>
  </message>
  <message>
   <source>{n} acknowledged writes lost</source>
   <translation>{n} 次已确认写入已丢失</translation>
  </message>
  <message>
   <source>{n} checks proven</source>
   <translation>{n} 项检查已证明</translation>
  </message>
  <message>
   <source>{n} entries</source>
   <translation>{n} 笔分录</translation>
  </message>
  <message>
   <source>{n} steps</source>
   <translation>{n} 个步骤</translation>
  </message>
  <message>
   <source>{n} {word}</source>
   <translation>{n} 项{word}</translation>
  </message>
  <message>
   <source>{proof}. About {time}</source>
   <translation>{proof}。约 {time}</translation>
  </message>
  <message>
   <source>{proof}. {limit}</source>
   <translation>{proof}。{limit}</translation>
  </message>
  <message>
   <source>{said}; {lost}</source>
   <translation>{said}；{lost}</translation>
  </message>
  <message>
   <source>{subject} has frozen all changes by this console</source>
   <translation>{subject} 已冻结此控制台的所有改动</translation>
  </message>
  <message>
   <source>{target} is primary, and that is proven</source>
   <translation>{target} 是主库，并已证明</translation>
  </message>
  <message>
   <source>{target} is primary, and that is proven. Writes stopped for {gap}</source>
   <translation>{target} 是主库，并已证明。写入中断 {gap}</translation>
  </message>
  <message>
   <source>{target} stays primary.</source>
   <translation>{target} 保持为主库。</translation>
  </message>
  <message>
   <source>{target} stays primary. Left: steps {left}, by going on later.</source>
   <translation>{target} 保持为主库。剩余：步骤 {left}，之后继续即可完成。</translation>
  </message>
  <message>
   <source>{text}: {why}</source>
   <translation>{text}：{why}</translation>
  </message>
  <message>
   <source>{title} has stopped and asks</source>
   <translation>{title}已停止并询问</translation>
  </message>
  <message>
   <source>{title} is done, and that is proven</source>
   <translation>{title}已完成，并已证明</translation>
  </message>
  <message>
   <source>{title} is running</source>
   <translation>{title}正在运行</translation>
  </message>
  <message>
   <source>{title} waits for its approval</source>
   <translation>{title}等待批准</translation>
  </message>
  <message>
   <source>{title} was cancelled, and it is proven that all is as it was</source>
   <translation>{title}已取消，并已证明一切恢复原状</translation>
  </message>
  <message>
   <source>{title} was left as it stood: see what is left to do</source>
   <translation>{title}保持原状：查看待办事项</translation>
  </message>
  <message>
   <source>{title}, started by {person}</source>
   <translation>{title}，由 {person} 启动</translation>
  </message>
  <message>
   <source>{title}, started by {person}, approved by {second}</source>
   <translation>{title}，由 {person} 启动，由 {second} 批准</translation>
  </message>
  <message>
   <source>{title}. Now: {doing}</source>
   <translation>{title}。现在：{doing}</translation>
  </message>
  <message>
   <source>{what} from {subject} to {target}</source>
   <translation>从 {subject} 到 {target} 的{what}</translation>
  </message>
  <message>
   <source>{what} of {subject}</source>
   <translation>{subject} 的{what}</translation>
  </message>
  <message>
   <source>{what} to {target}</source>
   <translation>到 {target} 的{what}</translation>
  </message>
  <message>
   <source>{what}: {about}</source>
   <translation>{what}：{about}</translation>
  </message>
 </context>
 <context>
  <name>sandbox</name>
  <message>
   <source>'{text}' is no number of an entry. Nothing was asked.</source>
   <translation>“{text}”不是分录编号。未做查询。</translation>
  </message>
  <message>
   <source>1 row</source>
   <translation>1 行</translation>
  </message>
  <message>
   <source>Answer</source>
   <translation>答复</translation>
  </message>
  <message>
   <source>Ask</source>
   <translation>查询</translation>
  </message>
  <message>
   <source>Asked, waiting for the answer …</source>
   <translation>已查询，正在等待应答…</translation>
  </message>
  <message>
   <source>Entry to find</source>
   <translation>要查找的分录</translation>
  </message>
  <message>
   <source>Find the entry</source>
   <translation>查找分录</translation>
  </message>
  <message>
   <source>Leave</source>
   <translation>离开</translation>
  </message>
  <message>
   <source>Leave, the copy stays open</source>
   <translation>离开，副本保持打开</translation>
  </message>
  <message>
   <source>Not answered: {reason}. Nothing was changed.</source>
   <translation>未应答：{reason}。未做任何改动。</translation>
  </message>
  <message>
   <source>One reading statement</source>
   <translation>一条读取语句</translation>
  </message>
  <message>
   <source>Open copy: {target}</source>
   <translation>已打开的副本：{target}</translation>
  </message>
  <message>
   <source>Read-only, on {node}, with no way to production: asking changes nothing.</source>
   <translation>只读，在 {node} 上，无法通往生产环境：查询不改动任何内容。</translation>
  </message>
  <message>
   <source>The first {rows}: the answer is longer, and was cut.</source>
   <translation>前 {rows}：应答更长，已截断。</translation>
  </message>
  <message>
   <source>The statement is longer than {n} characters. Nothing was asked.</source>
   <translation>语句超过 {n} 个字符。未作查询。</translation>
  </message>
  <message>
   <source>This copy was closed. What stands here was read before.</source>
   <translation>此副本已关闭。这里显示的是此前读取的内容。</translation>
  </message>
  <message>
   <source>number of an entry</source>
   <translation>分录编号</translation>
  </message>
  <message>
   <source>one reading statement, as: select count(*) from …</source>
   <translation>一条读取语句，如：select count(*) from …</translation>
  </message>
  <message>
   <source>{n} rows</source>
   <translation>{n} 行</translation>
  </message>
 </context>
 <context>
  <name>tray</name>
  <message>
   <source>1 more</source>
   <translation>另有 1 项</translation>
  </message>
  <message>
   <source>1 more alert</source>
   <translation>另有 1 项告警</translation>
  </message>
  <message>
   <source>Close the window; the engine goes on watching</source>
   <translation>关闭窗口；引擎继续监视</translation>
  </message>
  <message>
   <source>Drill, {title}</source>
   <translation>演习，{title}</translation>
  </message>
  <message>
   <source>Ledger Console</source>
   <translation>Ledger Console</translation>
  </message>
  <message>
   <source>Ledger Console, {word}: {said}</source>
   <translation>Ledger Console，{word}：{said}</translation>
  </message>
  <message>
   <source>Open the window</source>
   <translation>打开窗口</translation>
  </message>
  <message>
   <source>Show the worst alert</source>
   <translation>显示最严重的告警</translation>
  </message>
  <message>
   <source>nobody has looked yet</source>
   <translation>尚无人查看</translation>
  </message>
  <message>
   <source>nothing is wrong</source>
   <translation>没有异常</translation>
  </message>
  <message>
   <source>the engine does not answer</source>
   <translation>引擎没有应答</translation>
  </message>
  <message>
   <source>{cluster}: {state}</source>
   <translation>{cluster}：{state}</translation>
  </message>
  <message>
   <source>{n} more</source>
   <translation>另有 {n} 项</translation>
  </message>
  <message>
   <source>{n} more alerts</source>
   <translation>另有 {n} 项告警</translation>
  </message>
  <message>
   <source>{said} ({more})</source>
   <translation>{said}（{more}）</translation>
  </message>
  <message>
   <source>{said}. And {more}</source>
   <translation>{said}。{more}</translation>
  </message>
 </context>
 <context>
  <name>ways</name>
  <message>
   <source> It is not in use.</source>
   <translation>未启用。</translation>
  </message>
  <message>
   <source>1 field has to be filled in or mended before it can be saved.</source>
   <translation>有 1 个字段须填写或修正，然后才能保存。</translation>
  </message>
  <message>
   <source>1 in use</source>
   <translation>1 个已启用</translation>
  </message>
  <message>
   <source>1 never tried</source>
   <translation>1 个从未试过</translation>
  </message>
  <message>
   <source>1 to 63 letters, digits, '.', '-' and '_', and first a letter or digit.</source>
   <translation>1 至 63 个字母、数字、“.”、“-”和“_”，以字母或数字开头。</translation>
  </message>
  <message>
   <source>1 to {n} addresses, separated by commas.</source>
   <translation>1 至 {n} 个地址，以逗号分隔。</translation>
  </message>
  <message>
   <source>A URL that begins with https://.</source>
   <translation>以 https:// 开头的 URL。</translation>
  </message>
  <message>
   <source>A new way out</source>
   <translation>新的通知渠道</translation>
  </message>
  <message>
   <source>A number from 1 to 65535, or empty for the usual one.</source>
   <translation>1 至 65535 的数字，留空则用常用端口。</translation>
  </message>
  <message>
   <source>A password is not sent over an open line: choose an encryption.</source>
   <translation>密码不经未加密的线路发送：选择一种加密。</translation>
  </message>
  <message>
   <source>A quotation mark is not closed.</source>
   <translation>引号未闭合。</translation>
  </message>
  <message>
   <source>Add</source>
   <translation>添加</translation>
  </message>
  <message>
   <source>Alerts would no longer leave by it, and its password is forgotten.</source>
   <translation>告警将不再由此发出，其密码也不再保留。</translation>
  </message>
  <message>
   <source>An alert is not sent over an open line: use https.</source>
   <translation>告警不经未加密的线路发送：使用 https。</translation>
  </message>
  <message>
   <source>Another way out has this name already.</source>
   <translation>已有另一个通知渠道使用此名称。</translation>
  </message>
  <message>
   <source>Begun without a shell, with the alert as JSON on its standard input.</source>
   <translation>不经 shell 启动，告警以 JSON 送入其标准输入。</translation>
  </message>
  <message>
   <source>Between 1 and {n} seconds, or empty for 10.</source>
   <translation>1 至 {n} 秒，留空则为 10。</translation>
  </message>
  <message>
   <source>Between 1 and {n} seconds.</source>
   <translation>1 至 {n} 秒。</translation>
  </message>
  <message>
   <source>Command</source>
   <translation>命令</translation>
  </message>
  <message>
   <source>Command on the engine's host</source>
   <translation>引擎主机上的命令</translation>
  </message>
  <message>
   <source>Discard</source>
   <translation>放弃</translation>
  </message>
  <message>
   <source>E-mail</source>
   <translation>电子邮件</translation>
  </message>
  <message>
   <source>Each alert is posted there as JSON.</source>
   <translation>每项告警以 JSON 提交到此处。</translation>
  </message>
  <message>
   <source>Each alert leaves by every way that is in use. One that hangs holds up no other.</source>
   <translation>每项告警经所有已启用的渠道发出。某个渠道卡住不影响其他渠道。</translation>
  </message>
  <message>
   <source>Encryption</source>
   <translation>加密</translation>
  </message>
  <message>
   <source>Every, seconds</source>
   <translation>间隔，秒</translation>
  </message>
  <message>
   <source>File</source>
   <translation>文件</translation>
  </message>
  <message>
   <source>From</source>
   <translation>发件人</translation>
  </message>
  <message>
   <source>Heartbeat: a URL that others watch</source>
   <translation>心跳：由他方监视的 URL</translation>
  </message>
  <message>
   <source>Heartbeat: a file that others watch</source>
   <translation>心跳：由他方监视的文件</translation>
  </message>
  <message>
   <source>In use</source>
   <translation>启用</translation>
  </message>
  <message>
   <source>Its whole path: the engine writes it, wherever it was begun.</source>
   <translation>完整路径：无论引擎从哪里启动，都由它写入。</translation>
  </message>
  <message>
   <source>Kept by the keyring of the engine's host, in no file of ours. Empty: as it was.</source>
   <translation>由引擎主机的密钥环保存，不在我们的任何文件中。留空：保持原样。</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>类型</translation>
  </message>
  <message>
   <source>Leave</source>
   <translation>离开</translation>
  </message>
  <message>
   <source>Limit, seconds</source>
   <translation>限值，秒</translation>
  </message>
  <message>
   <source>Mail server</source>
   <translation>邮件服务器</translation>
  </message>
  <message>
   <source>Method</source>
   <translation>方法</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>名称</translation>
  </message>
  <message>
   <source>Neither blanks nor letters beyond ASCII.</source>
   <translation>不得含空格或 ASCII 以外的字母。</translation>
  </message>
  <message>
   <source>No password in a URL: write {mark} where it goes, and the secret below.</source>
   <translation>URL 中不写密码：在其位置写 {mark}，机密填在下方。</translation>
  </message>
  <message>
   <source>None yet. Without one, alerts reach only who sits at this window: with one, the person on duty.</source>
   <translation>尚无。没有通知渠道，告警只能到达坐在此窗口前的人；有了它，才能到达值班人员。</translation>
  </message>
  <message>
   <source>None: alerts reach only who sits here.</source>
   <translation>无：告警只能到达坐在这里的人。</translation>
  </message>
  <message>
   <source>Not saved yet. It can be tested once it is.</source>
   <translation>尚未保存。保存后可以测试。</translation>
  </message>
  <message>
   <source>Not saved: see what is said in red.</source>
   <translation>未保存：见红字说明。</translation>
  </message>
  <message>
   <source>Of the clusters</source>
   <translation>集群范围</translation>
  </message>
  <message>
   <source>Password</source>
   <translation>密码</translation>
  </message>
  <message>
   <source>Port</source>
   <translation>端口</translation>
  </message>
  <message>
   <source>Press again to remove it</source>
   <translation>再按一次即移除</translation>
  </message>
  <message>
   <source>Reading the ways out …</source>
   <translation>正在读取通知渠道…</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>移除</translation>
  </message>
  <message>
   <source>Removing …</source>
   <translation>正在移除…</translation>
  </message>
  <message>
   <source>Renewed while the engine lives. Whoever watches it learns when the engine is silent.</source>
   <translation>引擎运行期间持续更新。监视它的一方由此得知引擎何时无应答。</translation>
  </message>
  <message>
   <source>STARTTLS, port 587</source>
   <translation>STARTTLS，端口 587</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>保存</translation>
  </message>
  <message>
   <source>Saved. Send a test to see that it arrives.</source>
   <translation>已保存。发送一次测试，确认能够送达。</translation>
  </message>
  <message>
   <source>Saving …</source>
   <translation>正在保存…</translation>
  </message>
  <message>
   <source>Secret</source>
   <translation>机密</translation>
  </message>
  <message>
   <source>Send a test</source>
   <translation>发送测试</translation>
  </message>
  <message>
   <source>Sending a test, at most {time} …</source>
   <translation>正在发送测试，最多 {time}…</translation>
  </message>
  <message>
   <source>Sent as a bearer token, or where {mark} stands in the URL. {kept}</source>
   <translation>作为 bearer token 发送，或替换 URL 中的 {mark}。{kept}</translation>
  </message>
  <message>
   <source>TLS, port 465</source>
   <translation>TLS，端口 465</translation>
  </message>
  <message>
   <source>Tells of</source>
   <translation>通知内容</translation>
  </message>
  <message>
   <source>That is no URL.</source>
   <translation>这不是 URL。</translation>
  </message>
  <message>
   <source>The address that it comes from.</source>
   <translation>发件地址。</translation>
  </message>
  <message>
   <source>The engine does not answer. What is typed stays here.</source>
   <translation>引擎没有应答。键入的内容保留在此。</translation>
  </message>
  <message>
   <source>The program by its whole path, then its words.</source>
   <translation>程序的完整路径，其后是各参数。</translation>
  </message>
  <message>
   <source>The test was delivered in {time}.</source>
   <translation>测试已送达，用时 {time}。</translation>
  </message>
  <message>
   <source>The test was not delivered, after {time}: {reason}.</source>
   <translation>测试未送达，{time} 后：{reason}。</translation>
  </message>
  <message>
   <source>To</source>
   <translation>收件人</translation>
  </message>
  <message>
   <source>URL</source>
   <translation>URL</translation>
  </message>
  <message>
   <source>User</source>
   <translation>用户</translation>
  </message>
  <message>
   <source>Ways out</source>
   <translation>通知渠道</translation>
  </message>
  <message>
   <source>Webhook</source>
   <translation>webhook</translation>
  </message>
  <message>
   <source>every cluster</source>
   <translation>所有集群</translation>
  </message>
  <message>
   <source>none, port 25</source>
   <translation>无，端口 25</translation>
  </message>
  <message>
   <source>not in use</source>
   <translation>未启用</translation>
  </message>
  <message>
   <source>not kept yet</source>
   <translation>尚未保存</translation>
  </message>
  <message>
   <source>only what is lost</source>
   <translation>仅已丢失</translation>
  </message>
  <message>
   <source>what is {health}, and worse</source>
   <translation>{health} 及更严重</translation>
  </message>
  <message>
   <source>{names} do not deliver</source>
   <translation>{names} 未送达</translation>
  </message>
  <message>
   <source>{names} does not deliver</source>
   <translation>{names} 未送达</translation>
  </message>
  <message>
   <source>{name} was removed.</source>
   <translation>{name} 已移除。</translation>
  </message>
  <message>
   <source>{n} fields have to be filled in or mended before it can be saved.</source>
   <translation>有 {n} 个字段须填写或修正，然后才能保存。</translation>
  </message>
  <message>
   <source>{n} in use</source>
   <translation>{n} 个已启用</translation>
  </message>
  <message>
   <source>{n} never tried</source>
   <translation>{n} 个从未试过</translation>
  </message>
  <message>
   <source>{said} It said: {detail}</source>
   <translation>{said}其输出：{detail}</translation>
  </message>
  <message>
   <source>{said} The other side said: {detail}</source>
   <translation>{said}对方回应：{detail}</translation>
  </message>
  <message>
   <source>{said}, all deliver</source>
   <translation>{said}，均能送达</translation>
  </message>
  <message>
   <source>{said}, {untried}</source>
   <translation>{said}，{untried}</translation>
  </message>
  <message>
   <source>{said}.</source>
   <translation>{said}。</translation>
  </message>
 </context>
 <context>
  <name>why</name>
  <message>
   <source>1 entry</source>
   <translation>1 笔分录</translation>
  </message>
  <message>
   <source>1 guard refuses</source>
   <translation>1 项防护条件不满足</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation>自动</translation>
  </message>
  <message>
   <source>Backups</source>
   <translation>备份</translation>
  </message>
  <message>
   <source>Candidate</source>
   <translation>候选</translation>
  </message>
  <message>
   <source>Conditions</source>
   <translation>条件</translation>
  </message>
  <message>
   <source>Evidence</source>
   <translation>证据</translation>
  </message>
  <message>
   <source>Fencing</source>
   <translation>隔离</translation>
  </message>
  <message>
   <source>Fresh readings</source>
   <translation>读数新鲜</translation>
  </message>
  <message>
   <source>Guard</source>
   <translation>防护条件</translation>
  </message>
  <message>
   <source>Guards of automatic recovery</source>
   <translation>自动恢复的防护条件</translation>
  </message>
  <message>
   <source>Held</source>
   <translation>暂停</translation>
  </message>
  <message>
   <source>If the primary died now it would not act: {why}.</source>
   <translation>如果主库此刻失效，不会自动执行：{why}。</translation>
  </message>
  <message>
   <source>If the primary died now: {what}.</source>
   <translation>如果主库此刻失效：{what}。</translation>
  </message>
  <message>
   <source>Lock</source>
   <translation>锁</translation>
  </message>
  <message>
   <source>Loss</source>
   <translation>丢失量</translation>
  </message>
  <message>
   <source>Maintenance</source>
   <translation>维护</translation>
  </message>
  <message>
   <source>Majority of nodes</source>
   <translation>节点多数</translation>
  </message>
  <message>
   <source>Mode</source>
   <translation>模式</translation>
  </message>
  <message>
   <source>Mode: {mode}; all of {n} guards hold.</source>
   <translation>模式：{mode}；全部 {n} 项防护条件均满足。</translation>
  </message>
  <message>
   <source>Mode: {mode}; {refusing} of {n} guards refuse.</source>
   <translation>模式：{mode}；{n} 项防护条件中 {refusing} 项不满足。</translation>
  </message>
  <message>
   <source>Observe</source>
   <translation>观察</translation>
  </message>
  <message>
   <source>Off</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Other console</source>
   <translation>其他控制台</translation>
  </message>
  <message>
   <source>Other run</source>
   <translation>其他运行</translation>
  </message>
  <message>
   <source>Outcome</source>
   <translation>结果</translation>
  </message>
  <message>
   <source>Patroni is paused</source>
   <translation>Patroni 已暂停</translation>
  </message>
  <message>
   <source>Patroni's consensus group decides here</source>
   <translation>此处由 Patroni 的共识组决定</translation>
  </message>
  <message>
   <source>Patroni's group decides here, and would let nobody take over: {why}.</source>
   <translation>此处由 Patroni 的共识组决定，且不会让任何节点接管：{why}。</translation>
  </message>
  <message>
   <source>Patroni's group decides here: if its holder died it would promote {new}.</source>
   <translation>此处由 Patroni 的共识组决定：如果其持有者失效，将提升 {new}。</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>停歇</translation>
  </message>
  <message>
   <source>Restart in place</source>
   <translation>就地重启</translation>
  </message>
  <message>
   <source>Second person</source>
   <translation>第二人</translation>
  </message>
  <message>
   <source>Synchronous standbys</source>
   <translation>同步备库</translation>
  </message>
  <message>
   <source>They are those that would hold if the primary died at this moment.</source>
   <translation>所列为主库此刻失效时的情形。</translation>
  </message>
  <message>
   <source>Who decides</source>
   <translation>由谁决定</translation>
  </message>
  <message>
   <source>Would it act now? In {time}: {what}.</source>
   <translation>现在会自动执行吗？{time} 后：{what}。</translation>
  </message>
  <message>
   <source>Would it act now? No: {why}.</source>
   <translation>现在会自动执行吗？不会：{why}。</translation>
  </message>
  <message>
   <source>Would it act now? Yes: {what}.</source>
   <translation>现在会自动执行吗？会：{what}。</translation>
  </message>
  <message>
   <source>a check of yours fails</source>
   <translation>您的一项检查脚本失败</translation>
  </message>
  <message>
   <source>a check of yours fails: {observed}</source>
   <translation>你的一个检查脚本失败：{observed}</translation>
  </message>
  <message>
   <source>a check of yours says nothing</source>
   <translation>您的一项检查脚本没有结果</translation>
  </message>
  <message>
   <source>a check of yours says nothing: {observed}</source>
   <translation>你的一个检查脚本没有结果：{observed}</translation>
  </message>
  <message>
   <source>a person left or cancelled the run</source>
   <translation>有人离开或取消了运行</translation>
  </message>
  <message>
   <source>a reading is too old</source>
   <translation>有读数过旧</translation>
  </message>
  <message>
   <source>a reading is {observed} old</source>
   <translation>有读数距今 {observed}</translation>
  </message>
  <message>
   <source>a restart in place comes first</source>
   <translation>先就地重启</translation>
  </message>
  <message>
   <source>a run is under way</source>
   <translation>有运行正在进行</translation>
  </message>
  <message>
   <source>a run is under way: {observed}</source>
   <translation>有运行正在进行：{observed}</translation>
  </message>
  <message>
   <source>acknowledged</source>
   <translation>已确认</translation>
  </message>
  <message>
   <source>age</source>
   <translation>距今</translation>
  </message>
  <message>
   <source>alive, but refuses</source>
   <translation>存活，但拒绝</translation>
  </message>
  <message>
   <source>an act of its own is under way</source>
   <translation>自身的一项操作正在进行</translation>
  </message>
  <message>
   <source>another console is at it</source>
   <translation>另一个控制台正在处理</translation>
  </message>
  <message>
   <source>another console is at it: {observed}</source>
   <translation>另一个控制台正在处理：{observed}</translation>
  </message>
  <message>
   <source>at once, by policy</source>
   <translation>按策略立即</translation>
  </message>
  <message>
   <source>automatic</source>
   <translation>自动</translation>
  </message>
  <message>
   <source>automation has no act {subject} in its record</source>
   <translation>自动恢复的记录中没有操作 {subject}</translation>
  </message>
  <message>
   <source>automation is off</source>
   <translation>自动恢复已关闭</translation>
  </message>
  <message>
   <source>automation only observes</source>
   <translation>自动恢复只观察</translation>
  </message>
  <message>
   <source>by cutting its synchronous standbys</source>
   <translation>切断其同步备库</translation>
  </message>
  <message>
   <source>by the operator's command, read back</source>
   <translation>用运维人员的命令，并回读</translation>
  </message>
  <message>
   <source>commits wait for no standby</source>
   <translation>提交不等待任何备库</translation>
  </message>
  <message>
   <source>counted behind the fence</source>
   <translation>隔离之后计数</translation>
  </message>
  <message>
   <source>do nothing</source>
   <translation>不执行任何操作</translation>
  </message>
  <message>
   <source>done and proven</source>
   <translation>已完成并证明</translation>
  </message>
  <message>
   <source>every guard holds</source>
   <translation>所有防护条件均满足</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>失败</translation>
  </message>
  <message>
   <source>free</source>
   <translation>空闲</translation>
  </message>
  <message>
   <source>free, or ours</source>
   <translation>空闲，或由我们持有</translation>
  </message>
  <message>
   <source>hard</source>
   <translation>确凿</translation>
  </message>
  <message>
   <source>hard or witnessed</source>
   <translation>确凿或有旁证</translation>
  </message>
  <message>
   <source>has its time</source>
   <translation>时限未到</translation>
  </message>
  <message>
   <source>hung</source>
   <translation>挂起</translation>
  </message>
  <message>
   <source>it answers</source>
   <translation>有应答</translation>
  </message>
  <message>
   <source>it has acted {observed} ago, and nobody has acknowledged it</source>
   <translation>{observed} 前曾自动执行，尚无人确认</translation>
  </message>
  <message>
   <source>it has acted, and nobody has acknowledged it</source>
   <translation>它已执行过操作，尚无人确认</translation>
  </message>
  <message>
   <source>it is held</source>
   <translation>它被暂停</translation>
  </message>
  <message>
   <source>it is held: {observed}</source>
   <translation>已被暂停：{observed}</translation>
  </message>
  <message>
   <source>more could be lost than may be</source>
   <translation>可能丢失的超过允许值</translation>
  </message>
  <message>
   <source>no</source>
   <translation>否</translation>
  </message>
  <message>
   <source>no Patroni answers</source>
   <translation>没有 Patroni 应答</translation>
  </message>
  <message>
   <source>no complete backup is known</source>
   <translation>没有已知的完整备份</translation>
  </message>
  <message>
   <source>no member could take over</source>
   <translation>没有成员可以接管</translation>
  </message>
  <message>
   <source>no policy names a quorum fence</source>
   <translation>没有策略允许法定人数隔离</translation>
  </message>
  <message>
   <source>no server of {subject} has answered yet, so it is not known which system may be acted on</source>
   <translation>{subject} 尚无服务器应答，因此不知道可以对哪个系统执行操作</translation>
  </message>
  <message>
   <source>no standby is listed as synchronous</source>
   <translation>没有备库列为同步</translation>
  </message>
  <message>
   <source>no standby that answers could take over</source>
   <translation>有应答的备库均不能接管</translation>
  </message>
  <message>
   <source>nobody has seen who the primary was</source>
   <translation>从未看到主库是哪个节点</translation>
  </message>
  <message>
   <source>nobody holds the group's key</source>
   <translation>没有节点持有领导键</translation>
  </message>
  <message>
   <source>none</source>
   <translation>无</translation>
  </message>
  <message>
   <source>none is listed</source>
   <translation>没有列出</translation>
  </message>
  <message>
   <source>not asked for</source>
   <translation>不要求</translation>
  </message>
  <message>
   <source>not asked yet</source>
   <translation>尚未询问</translation>
  </message>
  <message>
   <source>not known</source>
   <translation>未知</translation>
  </message>
  <message>
   <source>not wanted</source>
   <translation>不需要</translation>
  </message>
  <message>
   <source>nothing is to be done</source>
   <translation>没有需要执行的操作</translation>
  </message>
  <message>
   <source>nothing may act by itself here</source>
   <translation>此处不允许自动执行</translation>
  </message>
  <message>
   <source>nothing shows that {node} is dead</source>
   <translation>没有迹象表明 {node} 已失效</translation>
  </message>
  <message>
   <source>observe</source>
   <translation>观察</translation>
  </message>
  <message>
   <source>observed</source>
   <translation>实测</translation>
  </message>
  <message>
   <source>off</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>on {subject} Patroni's group decides, and nothing of ours acts</source>
   <translation>在 {subject} 上由 Patroni 的共识组决定，我们不执行任何操作</translation>
  </message>
  <message>
   <source>only the console does not see {node}</source>
   <translation>只有控制台看不到 {node}</translation>
  </message>
  <message>
   <source>only {observed} nodes answer, {threshold} are needed</source>
   <translation>只有 {observed} 个节点应答，需要 {threshold} 个</translation>
  </message>
  <message>
   <source>ours</source>
   <translation>由我们持有</translation>
  </message>
  <message>
   <source>over SSH, on its host</source>
   <translation>在其主机上，经 SSH</translation>
  </message>
  <message>
   <source>pass</source>
   <translation>满足</translation>
  </message>
  <message>
   <source>passed</source>
   <translation>通过</translation>
  </message>
  <message>
   <source>promote {new} in the place of {old}</source>
   <translation>提升 {new} 以取代 {old}</translation>
  </message>
  <message>
   <source>rebuild the standby {node}</source>
   <translation>重建备库 {node}</translation>
  </message>
  <message>
   <source>refuse</source>
   <translation>不满足</translation>
  </message>
  <message>
   <source>several standbys bear one name of the synchronous list</source>
   <translation>同步列表中的一个名称被多个备库使用</translation>
  </message>
  <message>
   <source>somebody holds the lock</source>
   <translation>有人持有锁</translation>
  </message>
  <message>
   <source>somebody stopped {node}</source>
   <translation>{node} 被人停止</translation>
  </message>
  <message>
   <source>source</source>
   <translation>来源</translation>
  </message>
  <message>
   <source>source {source}</source>
   <translation>来源 {source}</translation>
  </message>
  <message>
   <source>standbys may not be touched by itself</source>
   <translation>不允许自动处理备库</translation>
  </message>
  <message>
   <source>start the standby {node} again</source>
   <translation>重新启动备库 {node}</translation>
  </message>
  <message>
   <source>start {node} again in place</source>
   <translation>就地重新启动 {node}</translation>
  </message>
  <message>
   <source>stopped by somebody</source>
   <translation>被人停止</translation>
  </message>
  <message>
   <source>stopped with a question</source>
   <translation>已停止并提问</translation>
  </message>
  <message>
   <source>suspected</source>
   <translation>疑似</translation>
  </message>
  <message>
   <source>the backups could not be read</source>
   <translation>备份无法读取</translation>
  </message>
  <message>
   <source>the consensus group</source>
   <translation>共识组</translation>
  </message>
  <message>
   <source>the consensus group has a majority</source>
   <translation>共识组有多数</translation>
  </message>
  <message>
   <source>the consensus group has no majority</source>
   <translation>共识组没有多数</translation>
  </message>
  <message>
   <source>the console</source>
   <translation>控制台</translation>
  </message>
  <message>
   <source>the engine ended before it did</source>
   <translation>引擎先于它结束</translation>
  </message>
  <message>
   <source>the evidence has stood for {observed} of {threshold}</source>
   <translation>证据已持续 {observed}，需 {threshold}</translation>
  </message>
  <message>
   <source>the evidence is too young</source>
   <translation>证据存在的时间太短</translation>
  </message>
  <message>
   <source>the furthest standby's replay is paused</source>
   <translation>最靠前的备库已暂停回放</translation>
  </message>
  <message>
   <source>the host of {node} is silent, and no other fence is set up</source>
   <translation>{node} 的主机无应答，且未设置其他隔离方式</translation>
  </message>
  <message>
   <source>the key lives {observed} more, if nobody renews it</source>
   <translation>若无人续期，领导键还有 {observed} 有效</translation>
  </message>
  <message>
   <source>the lock could not be read on a majority</source>
   <translation>锁未能在多数节点上读取</translation>
  </message>
  <message>
   <source>the newest complete backup is too old</source>
   <translation>最新的完整备份过旧</translation>
  </message>
  <message>
   <source>the newest complete backup is {observed} old, {threshold} at most</source>
   <translation>最新的完整备份距今 {observed}，最多 {threshold}</translation>
  </message>
  <message>
   <source>the plan names another node than the guards</source>
   <translation>计划指定的节点与防护条件不同</translation>
  </message>
  <message>
   <source>the plan's own checks refuse</source>
   <translation>计划自身的检查不允许</translation>
  </message>
  <message>
   <source>the plan's own checks refuse: {observed}</source>
   <translation>计划自身的检查拒绝：{observed}</translation>
  </message>
  <message>
   <source>the primary answers</source>
   <translation>主库有应答</translation>
  </message>
  <message>
   <source>the primary has its time to come back in place</source>
   <translation>主库有时间就地恢复</translation>
  </message>
  <message>
   <source>the primary's host is silent, and no other fence is set up</source>
   <translation>主库的主机无应答，且未设置其他隔离方式</translation>
  </message>
  <message>
   <source>the readings are older than the console's own sleep or start</source>
   <translation>读数早于控制台自身的休眠或启动</translation>
  </message>
  <message>
   <source>the rule of approval can't be read</source>
   <translation>批准规则无法读取</translation>
  </message>
  <message>
   <source>the run asks a person</source>
   <translation>运行需要人来回答</translation>
  </message>
  <message>
   <source>the run could not be started</source>
   <translation>运行无法启动</translation>
  </message>
  <message>
   <source>the run could not be started: {observed}</source>
   <translation>运行无法启动：{observed}</translation>
  </message>
  <message>
   <source>the synchronous list has changed within the last minute</source>
   <translation>同步备库列表在最近一分钟内变更过</translation>
  </message>
  <message>
   <source>the synchronous list is not known</source>
   <translation>同步备库列表未知</translation>
  </message>
  <message>
   <source>there is a maintenance window</source>
   <translation>正处于维护窗口</translation>
  </message>
  <message>
   <source>there is a maintenance window: {observed}</source>
   <translation>处于维护窗口：{observed}</translation>
  </message>
  <message>
   <source>these are the quiet hours</source>
   <translation>正处于静默时段</translation>
  </message>
  <message>
   <source>these are the quiet hours: {observed}</source>
   <translation>处于安静时段：{observed}</translation>
  </message>
  <message>
   <source>this cluster's rule wants a second person for it</source>
   <translation>此集群的规则要求由第二人批准</translation>
  </message>
  <message>
   <source>threshold</source>
   <translation>限值</translation>
  </message>
  <message>
   <source>threshold {threshold}</source>
   <translation>限值 {threshold}</translation>
  </message>
  <message>
   <source>too few nodes answer</source>
   <translation>应答的节点太少</translation>
  </message>
  <message>
   <source>too few of the listed standbys answer</source>
   <translation>名单中应答的备库太少</translation>
  </message>
  <message>
   <source>too few synchronous standbys answer for a quorum fence</source>
   <translation>应答的同步备库太少，无法做法定人数隔离</translation>
  </message>
  <message>
   <source>tried, in vain</source>
   <translation>已尝试，无效</translation>
  </message>
  <message>
   <source>two nodes are writable</source>
   <translation>有两个节点可写入</translation>
  </message>
  <message>
   <source>under way</source>
   <translation>进行中</translation>
  </message>
  <message>
   <source>wanted</source>
   <translation>需要</translation>
  </message>
  <message>
   <source>what may be done on {subject} by itself makes no sense so</source>
   <translation>{subject} 的自动恢复设置这样没有意义</translation>
  </message>
  <message>
   <source>what would be lost is not known</source>
   <translation>丢失量未知</translation>
  </message>
  <message>
   <source>witnessed</source>
   <translation>有旁证</translation>
  </message>
  <message>
   <source>would be tried first</source>
   <translation>会先尝试</translation>
  </message>
  <message>
   <source>would have been done; not scored yet</source>
   <translation>本会执行；尚未评分</translation>
  </message>
  <message>
   <source>would have been right</source>
   <translation>本会是正确的</translation>
  </message>
  <message>
   <source>would have been wrong: it came back by itself</source>
   <translation>本会是错误的：它已自行恢复</translation>
  </message>
  <message>
   <source>yes</source>
   <translation>是</translation>
  </message>
  <message>
   <source>{ended} ({reason})</source>
   <translation>{ended}（{reason}）</translation>
  </message>
  <message>
   <source>{guards}. Show them</source>
   <translation>{guards}。显示</translation>
  </message>
  <message>
   <source>{guard}: holds</source>
   <translation>{guard}：满足</translation>
  </message>
  <message>
   <source>{guard}: it can't be said now</source>
   <translation>{guard}：现在无法判断</translation>
  </message>
  <message>
   <source>{guard}: no</source>
   <translation>{guard}：不满足</translation>
  </message>
  <message>
   <source>{guard}: {why}</source>
   <translation>{guard}：{why}</translation>
  </message>
  <message>
   <source>{node} came back by itself</source>
   <translation>{node} 已自行恢复</translation>
  </message>
  <message>
   <source>{node} can't take over: {why}</source>
   <translation>{node} 不能接管：{why}</translation>
  </message>
  <message>
   <source>{node} could take over</source>
   <translation>{node} 可以接管</translation>
  </message>
  <message>
   <source>{node} did not come back</source>
   <translation>{node} 未恢复</translation>
  </message>
  <message>
   <source>{node} hangs, which is not dead</source>
   <translation>{node} 挂起，并非失效</translation>
  </message>
  <message>
   <source>{node} has its time to come back in place</source>
   <translation>{node} 就地恢复的时限未到</translation>
  </message>
  <message>
   <source>{node} has the furthest WAL, and its replay is paused</source>
   <translation>{node} 的 WAL 最靠前，但其重放已暂停</translation>
  </message>
  <message>
   <source>{node} is alive, and refuses</source>
   <translation>{node} 存活，但拒绝</translation>
  </message>
  <message>
   <source>{node} is being started again in place</source>
   <translation>正在就地重新启动 {node}</translation>
  </message>
  <message>
   <source>{node} is not the furthest of the standbys that answer</source>
   <translation>{node} 不是有应答的备库中最靠前的</translation>
  </message>
  <message>
   <source>{node} is silent, and no policy names a quorum fence</source>
   <translation>{node} 无应答，且没有策略指定法定人数隔离</translation>
  </message>
  <message>
   <source>{node} may hold entries that nobody else has</source>
   <translation>{node} 可能持有别处没有的分录</translation>
  </message>
  <message>
   <source>{n} entries</source>
   <translation>{n} 笔分录</translation>
  </message>
  <message>
   <source>{n} guards refuse</source>
   <translation>{n} 项防护条件不满足</translation>
  </message>
  <message>
   <source>{observed} could be lost, {threshold} at most may be</source>
   <translation>可能丢失 {observed}，最多允许 {threshold}</translation>
  </message>
  <message>
   <source>{observed} holds the key</source>
   <translation>{observed} 持有领导键</translation>
  </message>
  <message>
   <source>{observed} holds the lock</source>
   <translation>{observed} 持有锁</translation>
  </message>
  <message>
   <source>{observed} of the listed standbys answer, {threshold} are needed</source>
   <translation>列出的备库中 {observed} 个应答，需要 {threshold} 个</translation>
  </message>
  <message>
   <source>{said}. {why}</source>
   <translation>{said}。{why}</translation>
  </message>
  <message>
   <source>{subject} was not asked yet</source>
   <translation>尚未询问 {subject}</translation>
  </message>
  <message>
   <source>{text}; seen by {person}</source>
   <translation>{text}；{person} 已阅</translation>
  </message>
  <message>
   <source>{time}: {what}: {ended}</source>
   <translation>{time}：{what}：{ended}</translation>
  </message>
 </context>
 <context>
  <name>window</name>
  <message>
   <source>'lab {words}' was not done: {reason}</source>
   <translation>未执行“lab {words}”：{reason}</translation>
  </message>
  <message>
   <source>1 host shows a key that nobody has accepted yet. Nothing is sent to it.</source>
   <translation>1 台主机出示的密钥尚无人接受。不向其发送任何内容。</translation>
  </message>
  <message>
   <source>A server or a key asks you a question.</source>
   <translation>服务器或密钥向你提问。</translation>
  </message>
  <message>
   <source>All changes by this console are frozen by {person}: {reason}. {asked}</source>
   <translation>{person} 已冻结此控制台的所有改动：{reason}。{asked}</translation>
  </message>
  <message>
   <source>Answer …</source>
   <translation>回答…</translation>
  </message>
  <message>
   <source>Back to it</source>
   <translation>返回</translation>
  </message>
  <message>
   <source>Backups</source>
   <translation>备份</translation>
  </message>
  <message>
   <source>Cluster</source>
   <translation>集群</translation>
  </message>
  <message>
   <source>Compare …</source>
   <translation>比对…</translation>
  </message>
  <message>
   <source>Dismiss</source>
   <translation>关闭提示</translation>
  </message>
  <message>
   <source>Drills</source>
   <translation>演习</translation>
  </message>
  <message>
   <source>Engine running, 1 host asked each second, {answered} answered</source>
   <translation>引擎运行中，每秒询问 1 台主机，{answered} 台应答</translation>
  </message>
  <message>
   <source>Engine running, {n} hosts asked each second, {answered} answered</source>
   <translation>引擎运行中，每秒询问 {n} 台主机，{answered} 台应答</translation>
  </message>
  <message>
   <source>Fleet</source>
   <translation>总览</translation>
  </message>
  <message>
   <source>Go to a page, a cluster or a node</source>
   <translation>转到页面、集群或节点</translation>
  </message>
  <message>
   <source>Incidents</source>
   <translation>事件</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>按键</translation>
  </message>
  <message>
   <source>Lab</source>
   <translation>实验环境</translation>
  </message>
  <message>
   <source>Ledger Console</source>
   <translation>Ledger Console</translation>
  </message>
  <message>
   <source>Looking for the engine …</source>
   <translation>正在查找引擎…</translation>
  </message>
  <message>
   <source>No engine: what is shown is old</source>
   <translation>没有引擎：显示的是旧内容</translation>
  </message>
  <message>
   <source>No single-letter key changes a node. Esc closes this panel.</source>
   <translation>单个字母键不会改动节点。按 Esc 关闭此面板。</translation>
  </message>
  <message>
   <source>Nothing has this in its name</source>
   <translation>没有名称包含此内容的项</translation>
  </message>
  <message>
   <source>Nothing on any node was changed by it, and the engine goes on. It is written to {path}. If figures look wrong, close the window and open it again.</source>
   <translation>未因此改动任何节点，引擎继续运行。已写入 {path}。如果数字看来有误，关闭窗口后重新打开。</translation>
  </message>
  <message>
   <source>Page: {page}</source>
   <translation>页面：{page}</translation>
  </message>
  <message>
   <source>Pages</source>
   <translation>页面</translation>
  </message>
  <message>
   <source>Readings are not kept now: {trouble}. {asked}</source>
   <translation>现在不保存读数：{trouble}。{asked}</translation>
  </message>
  <message>
   <source>Recovery</source>
   <translation>恢复</translation>
  </message>
  <message>
   <source>Scoreboard</source>
   <translation>记分板</translation>
  </message>
  <message>
   <source>Servers or keys ask you {n} questions.</source>
   <translation>服务器或密钥向你提出 {n} 个问题。</translation>
  </message>
  <message>
   <source>The engine has stopped ({reason}), starting it again</source>
   <translation>引擎已停止（{reason}），正在重新启动</translation>
  </message>
  <message>
   <source>The window made a mistake</source>
   <translation>窗口出错</translation>
  </message>
  <message>
   <source>The window made a mistake: {summary}</source>
   <translation>窗口出错：{summary}</translation>
  </message>
  <message>
   <source>The wizard</source>
   <translation>向导</translation>
  </message>
  <message>
   <source>Theme: as the system</source>
   <translation>主题：跟随系统</translation>
  </message>
  <message>
   <source>Theme: dark</source>
   <translation>主题：深色</translation>
  </message>
  <message>
   <source>Theme: light</source>
   <translation>主题：浅色</translation>
  </message>
  <message>
   <source>This console is frozen by {person}: {reason} - Ledger Console</source>
   <translation>此控制台已由 {person} 冻结：{reason} - Ledger Console</translation>
  </message>
  <message>
   <source>What can be gone to</source>
   <translation>可转到的位置</translation>
  </message>
  <message>
   <source>go to …</source>
   <translation>转到…</translation>
  </message>
  <message>
   <source>keys</source>
   <translation>按键</translation>
  </message>
  <message>
   <source>pages</source>
   <translation>页面</translation>
  </message>
  <message>
   <source>{n} hosts show keys that nobody has accepted yet. Nothing is sent to them.</source>
   <translation>{n} 台主机出示的密钥尚无人接受。不向其发送任何内容。</translation>
  </message>
  <message>
   <source>{title} is open, and keeps what was read.</source>
   <translation>{title} 已打开，保留已读取的内容。</translation>
  </message>
 </context>
 <context>
  <name>wizard</name>
  <message>
   <source>'Ask again' makes it.</source>
   <translation>“重新询问”生成计划。</translation>
  </message>
  <message>
   <source>'{typed}' is no number of entries. Type a whole number, 0 or more.</source>
   <translation>“{typed}”不是分录数。键入大于等于 0 的整数。</translation>
  </message>
  <message>
   <source>'{typed}' is not {name}. Nothing runs until the name is right.</source>
   <translation>“{typed}”不是 {name}。名称正确之前不运行任何操作。</translation>
  </message>
  <message>
   <source>, </source>
   <translation>，</translation>
  </message>
  <message>
   <source>. </source>
   <translation>。</translation>
  </message>
  <message>
   <source>1 check refuses</source>
   <translation>1 项检查拒绝</translation>
  </message>
  <message>
   <source>1 check refuses: mend it, then ask again</source>
   <translation>1 项检查拒绝：先修复，再重新询问</translation>
  </message>
  <message>
   <source>1 command</source>
   <translation>1 条命令</translation>
  </message>
  <message>
   <source>1 entry</source>
   <translation>1 笔分录</translation>
  </message>
  <message>
   <source>1 host</source>
   <translation>1 台主机</translation>
  </message>
  <message>
   <source>1 step</source>
   <translation>1 步</translation>
  </message>
  <message>
   <source>A change of {cluster} has not ended: it comes first</source>
   <translation>{cluster} 有一项更改尚未结束：先处理它</translation>
  </message>
  <message>
   <source>A new copy beside the old data, which is kept until the new one is proven.</source>
   <translation>在旧数据旁生成新副本；新副本得到证明之前保留旧数据。</translation>
  </message>
  <message>
   <source>A person vouches</source>
   <translation>由人担保</translation>
  </message>
  <message>
   <source>A person vouches by name that {node} is off. Nothing proves it, and there is no way back from here.</source>
   <translation>由人具名担保 {node} 已关闭。没有任何证明，且此处不可返回。</translation>
  </message>
  <message>
   <source>A person's word</source>
   <translation>人的担保</translation>
  </message>
  <message>
   <source>A restore is prepared on the Backups page</source>
   <translation>还原在“备份”页准备</translation>
  </message>
  <message>
   <source>About {time} ({source})</source>
   <translation>约 {time}（{source}）</translation>
  </message>
  <message>
   <source>Accounts touched</source>
   <translation>涉及账户</translation>
  </message>
  <message>
   <source>After fencing the loss is counted again. Above the maximum that is approved in the next steps, the plan stops and asks.</source>
   <translation>隔离之后重新计算丢失量。若超过后续步骤中批准的最大值，计划停止并询问。</translation>
  </message>
  <message>
   <source>Amounts</source>
   <translation>金额</translation>
  </message>
  <message>
   <source>Approval</source>
   <translation>批准</translation>
  </message>
  <message>
   <source>Approve a greater maximum, or choose another target.</source>
   <translation>批准更大的最大值，或选择另一个目标。</translation>
  </message>
  <message>
   <source>Approve: {title}</source>
   <translation>批准：{title}</translation>
  </message>
  <message>
   <source>Ask again</source>
   <translation>重新询问</translation>
  </message>
  <message>
   <source>Asks every node anew and makes the plan anew. Nothing on any node changes.</source>
   <translation>重新询问每个节点并重新生成计划。任何节点都不会被改动。</translation>
  </message>
  <message>
   <source>At the second person's desk</source>
   <translation>在第二人的工位上</translation>
  </message>
  <message>
   <source>Attached where its history allows it, else rewound, else rebuilt.</source>
   <translation>历史允许则直接接入，否则回退（rewind），再否则重建。</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>上一步</translation>
  </message>
  <message>
   <source>Books</source>
   <translation>账簿</translation>
  </message>
  <message>
   <source>Both sides are being read. The stopped one is started closed, read-only.</source>
   <translation>正在读取双方。已停止的一方以封闭、只读方式启动。</translation>
  </message>
  <message>
   <source>Break-glass: only with a reason. It is recorded under your name and stands in the report.</source>
   <translation>紧急破例：须有理由。以你的名义记录，并写入报告。</translation>
  </message>
  <message>
   <source>Bring it back</source>
   <translation>恢复它</translation>
  </message>
  <message>
   <source>By the preview up to {most} may be lost: a smaller maximum is refused before it begins.</source>
   <translation>按预览最多可能丢失 {most}：更小的最大值在开始之前即被拒绝。</translation>
  </message>
  <message>
   <source>Candidates</source>
   <translation>候选</translation>
  </message>
  <message>
   <source>Change nothing, and look again later</source>
   <translation>不做任何改动，稍后再看</translation>
  </message>
  <message>
   <source>Check</source>
   <translation>检查</translation>
  </message>
  <message>
   <source>Checks</source>
   <translation>检查</translation>
  </message>
  <message>
   <source>Choosing changes nothing. What is chosen here can be read to its end first.</source>
   <translation>选择不改动任何内容。所选内容可先读完。</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>复制</translation>
  </message>
  <message>
   <source>Does not follow the primary now</source>
   <translation>现在未跟随主库</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>完成</translation>
  </message>
  <message>
   <source>End that change first: the Recovery page shows it.</source>
   <translation>先结束那项更改：“恢复”页显示它。</translation>
  </message>
  <message>
   <source>Estimated time</source>
   <translation>预计用时</translation>
  </message>
  <message>
   <source>Euro</source>
   <translation>欧元</translation>
  </message>
  <message>
   <source>Every check passes</source>
   <translation>所有检查均通过</translation>
  </message>
  <message>
   <source>Every node follows as it should: nothing to rejoin.</source>
   <translation>每个节点都正常跟随：没有需要重新加入的节点。</translation>
  </message>
  <message>
   <source>Every node is asked. Nothing on any node changes.</source>
   <translation>询问每个节点。任何节点都不会被改动。</translation>
  </message>
  <message>
   <source>Every node of {cluster} is being asked</source>
   <translation>正在询问 {cluster} 的每个节点</translation>
  </message>
  <message>
   <source>Every process of {node} is ended, and it can only start read-only. Before the promotion, Cancel starts it again.</source>
   <translation>终止 {node} 的所有进程，且它只能以只读方式启动。提升之前，“取消”会重新启动它。</translation>
  </message>
  <message>
   <source>Every step</source>
   <translation>所有步骤</translation>
  </message>
  <message>
   <source>Evidence</source>
   <translation>证据</translation>
  </message>
  <message>
   <source>Export its entries</source>
   <translation>导出其分录</translation>
  </message>
  <message>
   <source>Exported</source>
   <translation>已导出</translation>
  </message>
  <message>
   <source>Fail over to {node} now</source>
   <translation>立即故障切换到 {node}</translation>
  </message>
  <message>
   <source>Fence and rescue</source>
   <translation>隔离与抢救</translation>
  </message>
  <message>
   <source>Fencing</source>
   <translation>隔离</translation>
  </message>
  <message>
   <source>From here nodes change</source>
   <translation>从这里起改动节点</translation>
  </message>
  <message>
   <source>Gate</source>
   <translation>检查关口</translation>
  </message>
  <message>
   <source>Given up</source>
   <translation>放弃</translation>
  </message>
  <message>
   <source>Go back to a backup</source>
   <translation>退回到备份</translation>
  </message>
  <message>
   <source>Go on without a second person</source>
   <translation>不经第二人继续</translation>
  </message>
  <message>
   <source>Hand it to the second person</source>
   <translation>交给第二人</translation>
  </message>
  <message>
   <source>Hand over to {node}, both alive: nothing is lost</source>
   <translation>移交给 {node}，双方均存活：不会丢失任何分录</translation>
  </message>
  <message>
   <source>Hong Kong dollar</source>
   <translation>港元</translation>
  </message>
  <message>
   <source>How it comes back</source>
   <translation>如何恢复</translation>
  </message>
  <message>
   <source>I vouch for this, by name, about {node}: {what}</source>
   <translation>我对 {node} 具名担保：{what}</translation>
  </message>
  <message>
   <source>I vouch that {node} is switched off and stays off until it is rejoined. This is recorded under my name.</source>
   <translation>我担保 {node} 已关闭，且在重新加入之前保持关闭。此事以我的名义记录。</translation>
  </message>
  <message>
   <source>It is not wanted any more: it ends here, and nothing was changed.</source>
   <translation>不再需要：到此结束，未做任何改动。</translation>
  </message>
  <message>
   <source>It is rewound where that is possible, else rebuilt beside its old data.</source>
   <translation>可行则回退（rewind），否则在其旧数据旁重建。</translation>
  </message>
  <message>
   <source>It is started again by itself. A run goes on or asks once it is back.</source>
   <translation>它会自动重新启动。恢复后，运行会继续或询问。</translation>
  </message>
  <message>
   <source>It is started again by itself. Then ask again.</source>
   <translation>它会自动重新启动。之后重新询问。</translation>
  </message>
  <message>
   <source>It starts by itself once it is approved</source>
   <translation>批准后自动开始</translation>
  </message>
  <message>
   <source>It took</source>
   <translation>用时</translation>
  </message>
  <message>
   <source>Its entries lie in files, to be booked again.</source>
   <translation>其分录已存入文件，待重新记账。</translation>
  </message>
  <message>
   <source>Japanese yen</source>
   <translation>日元</translation>
  </message>
  <message>
   <source>Journaled after each step. Closing this window stops nothing. If this console dies, the next one takes up here.</source>
   <translation>每步之后写入运行日志。关闭此窗口不会停止任何操作。如果本控制台失效，下一个控制台从这里接着执行。</translation>
  </message>
  <message>
   <source>Keep it read-only</source>
   <translation>保持只读</translation>
  </message>
  <message>
   <source>Leave</source>
   <translation>离开</translation>
  </message>
  <message>
   <source>Leave and wait</source>
   <translation>离开并等待</translation>
  </message>
  <message>
   <source>Leave, it goes on</source>
   <translation>离开，继续运行</translation>
  </message>
  <message>
   <source>Leave, nothing was changed</source>
   <translation>离开，未做任何改动</translation>
  </message>
  <message>
   <source>Left. No node of {cluster} was changed.</source>
   <translation>已离开。{cluster} 的任何节点都未被改动。</translation>
  </message>
  <message>
   <source>Loss preview</source>
   <translation>丢失量预览</translation>
  </message>
  <message>
   <source>Lost</source>
   <translation>已丢失</translation>
  </message>
  <message>
   <source>Make sure</source>
   <translation>确认状态</translation>
  </message>
  <message>
   <source>Make the plan anew</source>
   <translation>重新生成计划</translation>
  </message>
  <message>
   <source>Make {node} a standby again</source>
   <translation>使 {node} 重新成为备库</translation>
  </message>
  <message>
   <source>Maximum loss</source>
   <translation>最大丢失量</translation>
  </message>
  <message>
   <source>Maximum loss, entries</source>
   <translation>最大丢失量，笔分录</translation>
  </message>
  <message>
   <source>Mend what is named there, then ask again.</source>
   <translation>修复其中指出的问题，然后重新询问。</translation>
  </message>
  <message>
   <source>Mend what the preflight refuses, then ask again.</source>
   <translation>修复预检拒绝的问题，然后重新询问。</translation>
  </message>
  <message>
   <source>Needed (rule: {rule}). May approve: {who}. The plan then waits for it, and nothing changes until then.</source>
   <translation>需要（规则：{rule}）。可批准者：{who}。计划随后等待批准，在此之前不做任何改动。</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>下一步</translation>
  </message>
  <message>
   <source>Next: approve</source>
   <translation>下一步：批准</translation>
  </message>
  <message>
   <source>Next: check it</source>
   <translation>下一步：检查</translation>
  </message>
  <message>
   <source>Next: read the plan</source>
   <translation>下一步：阅读计划</translation>
  </message>
  <message>
   <source>Next: rejoin {node}</source>
   <translation>下一步：{node} 重新加入</translation>
  </message>
  <message>
   <source>Next: the loss</source>
   <translation>下一步：丢失量</translation>
  </message>
  <message>
   <source>Next: the target</source>
   <translation>下一步：目标</translation>
  </message>
  <message>
   <source>Next: what to do</source>
   <translation>下一步：如何处理</translation>
  </message>
  <message>
   <source>No command: this step only looks.</source>
   <translation>没有命令：此步只查看。</translation>
  </message>
  <message>
   <source>No head row could be read</source>
   <translation>账簿末尾行均无法读取</translation>
  </message>
  <message>
   <source>No other standby follows {value} then: there is no copy until a rejoin.</source>
   <translation>那时没有其他备库跟随 {value}：重新加入之前没有副本。</translation>
  </message>
  <message>
   <source>No standby can be promoted now</source>
   <translation>现在没有可提升的备库</translation>
  </message>
  <message>
   <source>No target is chosen</source>
   <translation>未选择目标</translation>
  </message>
  <message>
   <source>No way back: once {node} is fenced like this, the console can't start it again.</source>
   <translation>不可返回：{node} 以此方式隔离后，控制台无法再启动它。</translation>
  </message>
  <message>
   <source>Nobody has vouched yet</source>
   <translation>尚无人担保</translation>
  </message>
  <message>
   <source>Nodes</source>
   <translation>节点</translation>
  </message>
  <message>
   <source>Not checked in this run. Nothing is claimed about the books.</source>
   <translation>本次运行未检查。不对账簿作任何断言。</translation>
  </message>
  <message>
   <source>Not needed here (rule: {rule}). You decide alone, and it is recorded.</source>
   <translation>此处不需要（规则：{rule}）。由你独自决定，并予记录。</translation>
  </message>
  <message>
   <source>Nothing is chosen</source>
   <translation>未作选择</translation>
  </message>
  <message>
   <source>Nothing on any node changes</source>
   <translation>任何节点都不会被改动</translation>
  </message>
  <message>
   <source>Nothing on any node changes before step {n}. Closing this window loses nothing.</source>
   <translation>第 {n} 步之前，任何节点都不会被改动。关闭此窗口不会丢失任何内容。</translation>
  </message>
  <message>
   <source>Nothing on any node changes here.</source>
   <translation>此处任何节点都不会被改动。</translation>
  </message>
  <message>
   <source>Nothing on any node has changed. Closing this window loses nothing.</source>
   <translation>任何节点都未被改动。关闭此窗口不会丢失任何内容。</translation>
  </message>
  <message>
   <source>Nothing on any node has changed. It starts by itself once it is approved.</source>
   <translation>任何节点都未被改动。批准后自动开始。</translation>
  </message>
  <message>
   <source>Nothing on any node was changed. Made anew, it fits what is so now.</source>
   <translation>任何节点都未被改动。重新生成的计划符合现状。</translation>
  </message>
  <message>
   <source>Nothing refuses. Read the one that warns or was not checked</source>
   <translation>没有拒绝。阅读 1 项警告或未检查的项</translation>
  </message>
  <message>
   <source>Nothing refuses. Read the {n} that warn or were not checked</source>
   <translation>没有拒绝。阅读 {n} 项警告或未检查的项</translation>
  </message>
  <message>
   <source>Nothing undoes this step.</source>
   <translation>此步无法撤销。</translation>
  </message>
  <message>
   <source>Nothing was changed. The plan for {cluster} waits for its approval: Recovery page.</source>
   <translation>未做任何改动。{cluster} 的计划等待批准：见“恢复”页。</translation>
  </message>
  <message>
   <source>Nothing was checked</source>
   <translation>未作任何检查</translation>
  </message>
  <message>
   <source>Nothing.</source>
   <translation>无。</translation>
  </message>
  <message>
   <source>Open the report</source>
   <translation>打开报告</translation>
  </message>
  <message>
   <source>Outcome</source>
   <translation>结果</translation>
  </message>
  <message>
   <source>Over SSH</source>
   <translation>经 SSH</translation>
  </message>
  <message>
   <source>Own command</source>
   <translation>自有命令</translation>
  </message>
  <message>
   <source>Plan</source>
   <translation>计划</translation>
  </message>
  <message>
   <source>Plan {digest}, made {at} by {who}</source>
   <translation>计划 {digest}，由 {who} 于 {at} 生成</translation>
  </message>
  <message>
   <source>Point of no return</source>
   <translation>不可返回点</translation>
  </message>
  <message>
   <source>Point of no return: from step {n} on it only leads forward</source>
   <translation>不可返回点：从第 {n} 步起只能向前</translation>
  </message>
  <message>
   <source>Pound sterling</source>
   <translation>英镑</translation>
  </message>
  <message>
   <source>Preflight</source>
   <translation>预检</translation>
  </message>
  <message>
   <source>Prepare the rejoin of {node} …</source>
   <translation>准备 {node} 的重新加入…</translation>
  </message>
  <message>
   <source>Promote and repoint</source>
   <translation>提升与改指</translation>
  </message>
  <message>
   <source>Promote {node} without the old primary</source>
   <translation>不管旧主库，提升 {node}</translation>
  </message>
  <message>
   <source>Proof</source>
   <translation>证明</translation>
  </message>
  <message>
   <source>Proof of books</source>
   <translation>账簿的证明</translation>
  </message>
  <message>
   <source>Quorum</source>
   <translation>法定人数</translation>
  </message>
  <message>
   <source>Read in the preview: {figure}. If more than this maximum would be lost after fencing, the plan stops before the promotion and asks.</source>
   <translation>预览读数：{figure}。如果隔离之后将丢失的超过此最大值，计划在提升之前停止并询问。</translation>
  </message>
  <message>
   <source>Reason for going on without a second person</source>
   <translation>不经第二人继续的理由</translation>
  </message>
  <message>
   <source>Rebuild</source>
   <translation>重建</translation>
  </message>
  <message>
   <source>Recommended: {title}</source>
   <translation>建议：{title}</translation>
  </message>
  <message>
   <source>Recovery of {cluster}</source>
   <translation>{cluster} 的恢复</translation>
  </message>
  <message>
   <source>Rehearsal</source>
   <translation>演练（不改动）</translation>
  </message>
  <message>
   <source>Rehearse</source>
   <translation>演练</translation>
  </message>
  <message>
   <source>Rejoin {node} now</source>
   <translation>{node} 立即重新加入</translation>
  </message>
  <message>
   <source>Renminbi</source>
   <translation>人民币</translation>
  </message>
  <message>
   <source>Report</source>
   <translation>报告</translation>
  </message>
  <message>
   <source>Restart {node} now</source>
   <translation>立即重启 {node}</translation>
  </message>
  <message>
   <source>Rewind</source>
   <translation>回退（rewind）</translation>
  </message>
  <message>
   <source>Run the plan now</source>
   <translation>立即运行计划</translation>
  </message>
  <message>
   <source>Runs every step with hands that only look. Nothing changes, and nothing is promised by it.</source>
   <translation>以只查看的方式运行每一步。不做任何改动，也不作任何承诺。</translation>
  </message>
  <message>
   <source>Second person</source>
   <translation>第二人</translation>
  </message>
  <message>
   <source>Show every command</source>
   <translation>显示所有命令</translation>
  </message>
  <message>
   <source>Show the change that runs</source>
   <translation>显示正在进行的更改</translation>
  </message>
  <message>
   <source>Signed are the plan's digest {digest} and the maximum loss of {entries}.</source>
   <translation>签署的是计划的摘要 {digest} 和最大丢失量 {entries}。</translation>
  </message>
  <message>
   <source>Situation</source>
   <translation>状况</translation>
  </message>
  <message>
   <source>Somebody has to vouch for it by name, in step 'Approval'.</source>
   <translation>须有人在“批准”步骤中具名担保。</translation>
  </message>
  <message>
   <source>Start in place</source>
   <translation>就地启动</translation>
  </message>
  <message>
   <source>Start {node} again in place: nothing is lost by it</source>
   <translation>就地重新启动 {node}：不会因此丢失任何分录</translation>
  </message>
  <message>
   <source>Steps</source>
   <translation>步骤</translation>
  </message>
  <message>
   <source>Stop the primary</source>
   <translation>停止主库</translation>
  </message>
  <message>
   <source>Swiss franc</source>
   <translation>瑞士法郎</translation>
  </message>
  <message>
   <source>Switch over to {node} now</source>
   <translation>立即计划切换到 {node}</translation>
  </message>
  <message>
   <source>Taken back to where both histories part; what lies beyond is overwritten.</source>
   <translation>退回到两段历史的分叉点；其后的内容被覆盖。</translation>
  </message>
  <message>
   <source>Target</source>
   <translation>目标</translation>
  </message>
  <message>
   <source>The WAL on {value} that nobody else has is rescued before the promotion.</source>
   <translation>{value} 上别处没有的 WAL 在提升之前抢救。</translation>
  </message>
  <message>
   <source>The approval was taken back: an answer changed. Read on from here.</source>
   <translation>批准已撤回：有应答变化。从这里继续阅读。</translation>
  </message>
  <message>
   <source>The cluster has no standby.</source>
   <translation>集群没有备库。</translation>
  </message>
  <message>
   <source>The cluster's own command switches {node} off, a second one reads that back. No way back from here.</source>
   <translation>集群自身的命令关闭 {node}，第二条命令回读结果。此处不可返回。</translation>
  </message>
  <message>
   <source>The command for the second person</source>
   <translation>给第二人的命令</translation>
  </message>
  <message>
   <source>The data directory of {value} stays where it is.</source>
   <translation>{value} 的数据目录保留在原处。</translation>
  </message>
  <message>
   <source>The engine has stopped ({reason}). No node was changed by this page.</source>
   <translation>引擎已停止（{reason}）。此页未改动任何节点。</translation>
  </message>
  <message>
   <source>The engine is away</source>
   <translation>引擎不在</translation>
  </message>
  <message>
   <source>The gentlest</source>
   <translation>影响最小</translation>
  </message>
  <message>
   <source>The maximum is below the preview</source>
   <translation>最大值低于预览</translation>
  </message>
  <message>
   <source>The maximum loss is no number of entries</source>
   <translation>最大丢失量不是分录数</translation>
  </message>
  <message>
   <source>The name is not whole</source>
   <translation>名称不完整</translation>
  </message>
  <message>
   <source>The name is wrong</source>
   <translation>名称有误</translation>
  </message>
  <message>
   <source>The name of the cluster, {name}</source>
   <translation>集群名称，{name}</translation>
  </message>
  <message>
   <source>The new copy is made from {value}.</source>
   <translation>新副本由 {value} 生成。</translation>
  </message>
  <message>
   <source>The node comes back as it is: its history is part of the new one.</source>
   <translation>节点按原样恢复：其历史是新历史的一部分。</translation>
  </message>
  <message>
   <source>The node comes back by: {value}.</source>
   <translation>节点的恢复方式：{value}。</translation>
  </message>
  <message>
   <source>The node gets a new copy; its old data is kept until that is proven.</source>
   <translation>节点获得新副本；新副本得到证明之前保留旧数据。</translation>
  </message>
  <message>
   <source>The node is rewound to where both histories part, and follows from there.</source>
   <translation>节点回退（rewind）到两段历史的分叉点，并从那里跟随。</translation>
  </message>
  <message>
   <source>The node {value}.</source>
   <translation>节点 {value}。</translation>
  </message>
  <message>
   <source>The old primary can still take local commits and answer reads.</source>
   <translation>旧主库仍可接受本地提交并应答读取。</translation>
  </message>
  <message>
   <source>The plan is being made and checked</source>
   <translation>正在生成并检查计划</translation>
  </message>
  <message>
   <source>The plan is no longer verified: something changed under it</source>
   <translation>计划的验证已失效：其依据已变化</translation>
  </message>
  <message>
   <source>The plan waits for its second person</source>
   <translation>计划等待第二人</translation>
  </message>
  <message>
   <source>The rehearsal stopped there, nothing was changed: {why}</source>
   <translation>演练在此停止，未做任何改动：{why}</translation>
  </message>
  <message>
   <source>The run has ended. Its report is kept.</source>
   <translation>运行已结束。其报告已保存。</translation>
  </message>
  <message>
   <source>The run on {cluster} goes on without this page. The Recovery page shows it.</source>
   <translation>{cluster} 上的运行不依赖此页，继续进行。“恢复”页显示它。</translation>
  </message>
  <message>
   <source>The same with each candidate</source>
   <translation>各候选的情况</translation>
  </message>
  <message>
   <source>The second person reads the plan and signs it with their own SSH key:</source>
   <translation>第二人阅读计划，并用自己的 SSH 密钥签署：</translation>
  </message>
  <message>
   <source>The situation is not known yet</source>
   <translation>状况尚未知</translation>
  </message>
  <message>
   <source>The synchronous standbys are cut from {node}: it can acknowledge no synchronous commit. Local commits and reads it still can.</source>
   <translation>从 {node} 切断其同步备库：它无法确认任何同步提交。本地提交和读取仍然可以。</translation>
  </message>
  <message>
   <source>There is no plan yet</source>
   <translation>尚无计划</translation>
  </message>
  <message>
   <source>There is no way back from this step on: {value}.</source>
   <translation>从此步起不可返回：{value}。</translation>
  </message>
  <message>
   <source>This is not possible now</source>
   <translation>现在不可行</translation>
  </message>
  <message>
   <source>This takes a few seconds. Nothing on any node changes.</source>
   <translation>需要几秒钟。任何节点都不会被改动。</translation>
  </message>
  <message>
   <source>Timeline first, then how far its WAL goes. Refused ones stay here with their reason.</source>
   <translation>先按时间线，再按 WAL 的靠前程度。被拒绝的连同原因留在此处。</translation>
  </message>
  <message>
   <source>To be known before</source>
   <translation>事先须知</translation>
  </message>
  <message>
   <source>To be rejoined: {nodes}</source>
   <translation>待重新加入：{nodes}</translation>
  </message>
  <message>
   <source>Type the cluster's name</source>
   <translation>键入集群名称</translation>
  </message>
  <message>
   <source>Type the cluster's name exactly as it stands in the list.</source>
   <translation>键入集群名称，与列表中完全一致。</translation>
  </message>
  <message>
   <source>Type {name} first</source>
   <translation>先键入 {name}</translation>
  </message>
  <message>
   <source>Type {name} to run the plan. Nothing on any node has changed up to here.</source>
   <translation>键入 {name} 以运行计划。到此为止，任何节点都未被改动。</translation>
  </message>
  <message>
   <source>US dollar</source>
   <translation>美元</translation>
  </message>
  <message>
   <source>Undone by</source>
   <translation>撤销方式</translation>
  </message>
  <message>
   <source>Up and Down choose another way.</source>
   <translation>用上下键选择其他方式。</translation>
  </message>
  <message>
   <source>WAL rescue is not part of this plan.</source>
   <translation>此计划不含 WAL 抢救。</translation>
  </message>
  <message>
   <source>WAL rescue: if the disk of {node} can be read after fencing, what is missing is brought over and comes back.</source>
   <translation>WAL 抢救：如果隔离之后 {node} 的磁盘可以读取，缺少的内容会取过来并恢复。</translation>
  </message>
  <message>
   <source>Wait until that has ended: the Backups page shows it.</source>
   <translation>等待其结束：“备份”页显示它。</translation>
  </message>
  <message>
   <source>Waiting for the answer</source>
   <translation>等待应答</translation>
  </message>
  <message>
   <source>What changed since the plan was made</source>
   <translation>计划生成之后的变化</translation>
  </message>
  <message>
   <source>What is left to do</source>
   <translation>剩余事项</translation>
  </message>
  <message>
   <source>What keeps it from growing</source>
   <translation>防止其增大的措施</translation>
  </message>
  <message>
   <source>What lies beyond the fork is lost. It is recorded under your name.</source>
   <translation>分叉点之后的内容丢失。以你的名义记录。</translation>
  </message>
  <message>
   <source>What may still make it smaller</source>
   <translation>仍可使其减小的措施</translation>
  </message>
  <message>
   <source>What only this node holds</source>
   <translation>仅此节点持有的内容</translation>
  </message>
  <message>
   <source>What to do</source>
   <translation>如何处理</translation>
  </message>
  <message>
   <source>Where each book ends</source>
   <translation>各账簿的末尾</translation>
  </message>
  <message>
   <source>Where the nodes stand</source>
   <translation>各节点的位置</translation>
  </message>
  <message>
   <source>Where this comes from</source>
   <translation>数据来源</translation>
  </message>
  <message>
   <source>Whether a second person is needed is not known yet.</source>
   <translation>是否需要第二人尚未知。</translation>
  </message>
  <message>
   <source>Which node</source>
   <translation>哪个节点</translation>
  </message>
  <message>
   <source>Which node becomes a standby again?</source>
   <translation>哪个节点重新成为备库？</translation>
  </message>
  <message>
   <source>Who becomes primary?</source>
   <translation>谁成为主库？</translation>
  </message>
  <message>
   <source>Who sees whom</source>
   <translation>谁能看到谁</translation>
  </message>
  <message>
   <source>Withdraw the plan</source>
   <translation>撤回计划</translation>
  </message>
  <message>
   <source>Without its journal no plan runs. Mend the engine's store first.</source>
   <translation>没有运行日志，任何计划都不运行。先修复引擎的存储。</translation>
  </message>
  <message>
   <source>Would be lost now</source>
   <translation>此刻将丢失</translation>
  </message>
  <message>
   <source>Would start the old primary again, and is disabled: {value}.</source>
   <translation>会重新启动旧主库，已禁用：{value}。</translation>
  </message>
  <message>
   <source>Writes stop for about</source>
   <translation>写入中断约</translation>
  </message>
  <message>
   <source>Writes stopped for</source>
   <translation>写入中断了</translation>
  </message>
  <message>
   <source>a node</source>
   <translation>某个节点</translation>
  </message>
  <message>
   <source>about {time}</source>
   <translation>约 {time}</translation>
  </message>
  <message>
   <source>age</source>
   <translation>距今</translation>
  </message>
  <message>
   <source>and {money}</source>
   <translation>以及 {money}</translation>
  </message>
  <message>
   <source>asked {at}, {age}</source>
   <translation>询问于 {at}，{age}</translation>
  </message>
  <message>
   <source>at most {most}</source>
   <translation>最多 {most}</translation>
  </message>
  <message>
   <source>at most {n} more, unseen</source>
   <translation>另有最多 {n} 笔，从未读到</translation>
  </message>
  <message>
   <source>before it, Cancel leaves all as it was</source>
   <translation>此前，“取消”保持一切原样</translation>
  </message>
  <message>
   <source>can be chosen</source>
   <translation>可选择</translation>
  </message>
  <message>
   <source>can be promoted</source>
   <translation>可提升</translation>
  </message>
  <message>
   <source>can't be chosen</source>
   <translation>不可选择</translation>
  </message>
  <message>
   <source>chosen</source>
   <translation>已选择</translation>
  </message>
  <message>
   <source>done</source>
   <translation>完成</translation>
  </message>
  <message>
   <source>ends at {n}</source>
   <translation>末尾为 {n}</translation>
  </message>
  <message>
   <source>entries</source>
   <translation>分录</translation>
  </message>
  <message>
   <source>entries lost</source>
   <translation>丢失的分录</translation>
  </message>
  <message>
   <source>estimate</source>
   <translation>估计</translation>
  </message>
  <message>
   <source>every step can be taken back</source>
   <translation>每一步都可撤回</translation>
  </message>
  <message>
   <source>exact</source>
   <translation>精确</translation>
  </message>
  <message>
   <source>has up to {n}</source>
   <translation>最多到 {n}</translation>
  </message>
  <message>
   <source>how many more: not known</source>
   <translation>另有多少：未知</translation>
  </message>
  <message>
   <source>kept: on {node}</source>
   <translation>保留：在 {node} 上</translation>
  </message>
  <message>
   <source>last seen at {n}</source>
   <translation>最后读到 {n}</translation>
  </message>
  <message>
   <source>lost: 1 entry, seen</source>
   <translation>丢失：1 笔分录，已读到</translation>
  </message>
  <message>
   <source>lost: {n} entries, seen</source>
   <translation>丢失：{n} 笔分录，已读到</translation>
  </message>
  <message>
   <source>may fail, the run goes on</source>
   <translation>可以失败，运行继续</translation>
  </message>
  <message>
   <source>measured in the lab</source>
   <translation>在实验环境中实测</translation>
  </message>
  <message>
   <source>measured while it runs</source>
   <translation>运行时测量</translation>
  </message>
  <message>
   <source>nobody is entered yet: 'ledger-console approvers add'</source>
   <translation>尚未登记任何人：“ledger-console approvers add”</translation>
  </message>
  <message>
   <source>none</source>
   <translation>无</translation>
  </message>
  <message>
   <source>not checked</source>
   <translation>未检查</translation>
  </message>
  <message>
   <source>not known</source>
   <translation>未知</translation>
  </message>
  <message>
   <source>not measured</source>
   <translation>未测量</translation>
  </message>
  <message>
   <source>not possible</source>
   <translation>不可行</translation>
  </message>
  <message>
   <source>not possible: {reason}</source>
   <translation>不可行：{reason}</translation>
  </message>
  <message>
   <source>not whole</source>
   <translation>不完整</translation>
  </message>
  <message>
   <source>not yet</source>
   <translation>尚未</translation>
  </message>
  <message>
   <source>not yet: export them first, with a reason</source>
   <translation>尚不可：先导出，并写明理由</translation>
  </message>
  <message>
   <source>nothing</source>
   <translation>无</translation>
  </message>
  <message>
   <source>nothing lost</source>
   <translation>没有丢失</translation>
  </message>
  <message>
   <source>now</source>
   <translation>现在</translation>
  </message>
  <message>
   <source>observed</source>
   <translation>实测</translation>
  </message>
  <message>
   <source>of 1 check</source>
   <translation>共 1 项检查</translation>
  </message>
  <message>
   <source>of {n} checks</source>
   <translation>共 {n} 项检查</translation>
  </message>
  <message>
   <source>of {n} steps</source>
   <translation>共 {n} 步</translation>
  </message>
  <message>
   <source>past runs of this cluster</source>
   <translation>此集群以往的运行</translation>
  </message>
  <message>
   <source>planned</source>
   <translation>已计划</translation>
  </message>
  <message>
   <source>proven</source>
   <translation>已证明</translation>
  </message>
  <message>
   <source>rate before it</source>
   <translation>此前的速率</translation>
  </message>
  <message>
   <source>refused: {reasons}</source>
   <translation>被拒绝：{reasons}</translation>
  </message>
  <message>
   <source>row asks, column answers</source>
   <translation>行询问，列应答</translation>
  </message>
  <message>
   <source>sealed</source>
   <translation>已封存</translation>
  </message>
  <message>
   <source>seen; of the unseen: not known</source>
   <translation>已读到的；未读到的：未知</translation>
  </message>
  <message>
   <source>source</source>
   <translation>来源</translation>
  </message>
  <message>
   <source>source not known</source>
   <translation>来源未知</translation>
  </message>
  <message>
   <source>step {n}</source>
   <translation>第 {n} 步</translation>
  </message>
  <message>
   <source>sum of the plan's steps</source>
   <translation>计划各步骤之和</translation>
  </message>
  <message>
   <source>the books could not be read</source>
   <translation>账簿无法读取</translation>
  </message>
  <message>
   <source>the cluster's policy</source>
   <translation>集群的策略</translation>
  </message>
  <message>
   <source>the old primary</source>
   <translation>旧主库</translation>
  </message>
  <message>
   <source>the primary</source>
   <translation>主库</translation>
  </message>
  <message>
   <source>the reason is not known</source>
   <translation>原因未知</translation>
  </message>
  <message>
   <source>the sum of its steps</source>
   <translation>其各步骤之和</translation>
  </message>
  <message>
   <source>the target</source>
   <translation>目标</translation>
  </message>
  <message>
   <source>threshold</source>
   <translation>限值</translation>
  </message>
  <message>
   <source>timeline {n}</source>
   <translation>时间线 {n}</translation>
  </message>
  <message>
   <source>unread before the silence</source>
   <translation>无应答之前未读取</translation>
  </message>
  <message>
   <source>waits</source>
   <translation>等待中</translation>
  </message>
  <message>
   <source>why nobody else can be asked</source>
   <translation>为何无法询问其他人</translation>
  </message>
  <message>
   <source>why this side is given up</source>
   <translation>为何放弃这一方</translation>
  </message>
  <message>
   <source>would be lost</source>
   <translation>将丢失</translation>
  </message>
  <message>
   <source>{below}, {n} not checked</source>
   <translation>{below}，{n} 项未检查</translation>
  </message>
  <message>
   <source>{bytes} behind</source>
   <translation>落后 {bytes}</translation>
  </message>
  <message>
   <source>{check}, {node}</source>
   <translation>{check}，{node}</translation>
  </message>
  <message>
   <source>{done} of {all} steps proven</source>
   <translation>{all} 步中 {done} 步已证明</translation>
  </message>
  <message>
   <source>{entries} exported to {directory}</source>
   <translation>{entries} 已导出到 {directory}</translation>
  </message>
  <message>
   <source>{loses}: {money}</source>
   <translation>{loses}：{money}</translation>
  </message>
  <message>
   <source>{node} ends at {n}</source>
   <translation>{node} 末尾为 {n}</translation>
  </message>
  <message>
   <source>{node} is primary</source>
   <translation>{node} 为主库</translation>
  </message>
  <message>
   <source>{node} lost</source>
   <translation>{node} 已丢失</translation>
  </message>
  <message>
   <source>{node} lost, {level}</source>
   <translation>{node} 已丢失，{level}</translation>
  </message>
  <message>
   <source>{node} was last seen at {n}</source>
   <translation>{node} 最后读到 {n}</translation>
  </message>
  <message>
   <source>{node} {seen}. It may be the only copy of acknowledged entries.</source>
   <translation>{node} {seen}。它可能是已确认分录的唯一副本。</translation>
  </message>
  <message>
   <source>{node}, its own head row</source>
   <translation>{node}，其自身的账簿末尾行</translation>
  </message>
  <message>
   <source>{node}, last read</source>
   <translation>{node}，最后一次读取</translation>
  </message>
  <message>
   <source>{n} checks refuse</source>
   <translation>{n} 项检查拒绝</translation>
  </message>
  <message>
   <source>{n} checks refuse: mend them, then ask again</source>
   <translation>{n} 项检查拒绝：先修复，再重新询问</translation>
  </message>
  <message>
   <source>{n} commands</source>
   <translation>{n} 条命令</translation>
  </message>
  <message>
   <source>{n} entries</source>
   <translation>{n} 笔分录</translation>
  </message>
  <message>
   <source>{n} entries/s</source>
   <translation>{n} 笔分录/秒</translation>
  </message>
  <message>
   <source>{n} hosts</source>
   <translation>{n} 台主机</translation>
  </message>
  <message>
   <source>{n} not checked</source>
   <translation>{n} 项未检查</translation>
  </message>
  <message>
   <source>{n} or more</source>
   <translation>{n} 或更多</translation>
  </message>
  <message>
   <source>{n} pass</source>
   <translation>{n} 项通过</translation>
  </message>
  <message>
   <source>{n} pass, {m} to read</source>
   <translation>{n} 项通过，{m} 项待阅</translation>
  </message>
  <message>
   <source>{n} proven {checks}</source>
   <translation>{n} 项已证明，{checks}</translation>
  </message>
  <message>
   <source>{n} refuse</source>
   <translation>{n} 项拒绝</translation>
  </message>
  <message>
   <source>{n} steps</source>
   <translation>{n} 步</translation>
  </message>
  <message>
   <source>{n} warn</source>
   <translation>{n} 项警告</translation>
  </message>
  <message>
   <source>{n} {sentence}: {state}</source>
   <translation>{n} {sentence}：{state}</translation>
  </message>
  <message>
   <source>{n}, at most {most}</source>
   <translation>{n}，最多 {most}</translation>
  </message>
  <message>
   <source>{ok} of {n} writes acknowledged</source>
   <translation>{n} 次写入中 {ok} 次已确认</translation>
  </message>
  <message>
   <source>{outcome}: {observed}</source>
   <translation>{outcome}：{observed}</translation>
  </message>
  <message>
   <source>{outcome}: {scope}</source>
   <translation>{outcome}：{scope}</translation>
  </message>
  <message>
   <source>{said}, {n} of these lost</source>
   <translation>{said}，其中 {n} 次丢失</translation>
  </message>
  <message>
   <source>{steps} on {hosts}. What is read here is what runs, and nothing else.</source>
   <translation>{steps}，{hosts}。这里读到的就是所运行的，别无其他。</translation>
  </message>
  <message>
   <source>{way}: {node}</source>
   <translation>{way}：{node}</translation>
  </message>
  <message>
   <source>{what} of {cluster}</source>
   <translation>{cluster}：{what}</translation>
  </message>
  <message>
   <source>{what} of {node}, {cluster}</source>
   <translation>{cluster}，{node}：{what}</translation>
  </message>
  <message>
   <source>{who}, at most {n}</source>
   <translation>{who}，最多 {n}</translation>
  </message>
  <message>
   <source>{why} (recommended)</source>
   <translation>{why}（建议）</translation>
  </message>
 </context>
 <context>
  <name>words</name>
  <message>
   <source>%</source>
   <translation>%</translation>
  </message>
  <message>
   <source>'{state}'</source>
   <translation>“{state}”</translation>
  </message>
  <message>
   <source>, </source>
   <translation>、</translation>
  </message>
  <message>
   <source>, and </source>
   <translation>，且</translation>
  </message>
  <message>
   <source>, then </source>
   <translation>，然后</translation>
  </message>
  <message>
   <source>1 entry lost</source>
   <translation>丢失 1 笔分录</translation>
  </message>
  <message>
   <source>1 lab cluster is {health}</source>
   <translation>1 个实验环境集群（{health}）</translation>
  </message>
  <message>
   <source>1 measured run</source>
   <translation>1 次实测</translation>
  </message>
  <message>
   <source>1 more finding</source>
   <translation>另有 1 项发现</translation>
  </message>
  <message>
   <source>1 production cluster is {health}</source>
   <translation>1 个生产集群（{health}）</translation>
  </message>
  <message>
   <source>1 staging cluster is {health}</source>
   <translation>1 个预发集群（{health}）</translation>
  </message>
  <message>
   <source>1 standby follows within {limit}, and no commit waits for it</source>
   <translation>1 个备库在 {limit} 之内跟随，提交不等待它</translation>
  </message>
  <message>
   <source>ATTESTATION</source>
   <translation>担保</translation>
  </message>
  <message>
   <source>Accepts writes</source>
   <translation>接受写入</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>地址</translation>
  </message>
  <message>
   <source>All {n} clusters are healthy</source>
   <translation>全部 {n} 个集群健康</translation>
  </message>
  <message>
   <source>Apr</source>
   <translation>4 月</translation>
  </message>
  <message>
   <source>Archive failures</source>
   <translation>归档失败次数</translation>
  </message>
  <message>
   <source>Aug</source>
   <translation>8 月</translation>
  </message>
  <message>
   <source>BREAK-GLASS</source>
   <translation>紧急破例</translation>
  </message>
  <message>
   <source>Behind</source>
   <translation>落后</translation>
  </message>
  <message>
   <source>Behind (flush)</source>
   <translation>落后（flush）</translation>
  </message>
  <message>
   <source>Behind (flush), bytes</source>
   <translation>落后（flush），字节</translation>
  </message>
  <message>
   <source>Behind, entries</source>
   <translation>落后，分录</translation>
  </message>
  <message>
   <source>Behind, flush</source>
   <translation>落后（flush）</translation>
  </message>
  <message>
   <source>Behind, flush, time</source>
   <translation>落后（flush），时间</translation>
  </message>
  <message>
   <source>Behind, replay</source>
   <translation>落后（replay）</translation>
  </message>
  <message>
   <source>Behind, replay, time</source>
   <translation>落后（replay），时间</translation>
  </message>
  <message>
   <source>Behind, sent</source>
   <translation>落后（sent）</translation>
  </message>
  <message>
   <source>Behind, write</source>
   <translation>落后（write）</translation>
  </message>
  <message>
   <source>Boot</source>
   <translation>启动标识</translation>
  </message>
  <message>
   <source>Broken at place {place}: an anchor kept another hash for entry {found} than the log holds.</source>
   <translation>第 {place} 处断裂：锚点为条目 {found} 保存的哈希与日志中的不同。</translation>
  </message>
  <message>
   <source>Broken at place {place}: an entry with number {found} stands there that does not belong to the log.</source>
   <translation>第 {place} 处断裂：此处的条目编号为 {found}，不属于该日志。</translation>
  </message>
  <message>
   <source>Broken at place {place}: entry {expected} is missing; entry {found} stands there.</source>
   <translation>第 {place} 处断裂：缺少条目 {expected}；此处为条目 {found}。</translation>
  </message>
  <message>
   <source>Broken at place {place}: entry {found} does not follow the entry before it.</source>
   <translation>第 {place} 处断裂：条目 {found} 与前一条目不相接。</translation>
  </message>
  <message>
   <source>Broken at place {place}: entry {found} stands where entry {expected} belongs; the order was changed.</source>
   <translation>第 {place} 处断裂：条目 {found} 位于条目 {expected} 应在的位置；顺序被更改。</translation>
  </message>
  <message>
   <source>Broken at place {place}: it is not how this console's log begins; an anchor or entry names another.</source>
   <translation>第 {place} 处断裂：本控制台的日志不是这样开头；某个锚点或条目指向另一个开头。</translation>
  </message>
  <message>
   <source>Broken at place {place}: the anchor can't be read.</source>
   <translation>第 {place} 处断裂：锚点无法读取。</translation>
  </message>
  <message>
   <source>Broken at place {place}: the anchor is missing.</source>
   <translation>第 {place} 处断裂：缺少锚点。</translation>
  </message>
  <message>
   <source>Broken at place {place}: the entry there, number {found}, is not what was written.</source>
   <translation>第 {place} 处断裂：此处编号为 {found} 的条目与写入时不同。</translation>
  </message>
  <message>
   <source>Broken at place {place}: the log ends after entry {found}, and its anchor knows entry {expected}.</source>
   <translation>第 {place} 处断裂：日志在条目 {found} 之后结束，而其锚点有条目 {expected}。</translation>
  </message>
  <message>
   <source>Broken at place {place}: what stands there can't be read.</source>
   <translation>第 {place} 处断裂：此处的内容无法读取。</translation>
  </message>
  <message>
   <source>Clock offset</source>
   <translation>时钟偏差</translation>
  </message>
  <message>
   <source>Control file</source>
   <translation>控制文件</translation>
  </message>
  <message>
   <source>Data directory</source>
   <translation>数据目录</translation>
  </message>
  <message>
   <source>Database size</source>
   <translation>数据库大小</translation>
  </message>
  <message>
   <source>Dec</source>
   <translation>12 月</translation>
  </message>
  <message>
   <source>Disk left</source>
   <translation>剩余磁盘</translation>
  </message>
  <message>
   <source>Disk left, share</source>
   <translation>剩余磁盘，占比</translation>
  </message>
  <message>
   <source>Disk size</source>
   <translation>磁盘大小</translation>
  </message>
  <message>
   <source>Entries</source>
   <translation>分录</translation>
  </message>
  <message>
   <source>Feb</source>
   <translation>2 月</translation>
  </message>
  <message>
   <source>Flushed to</source>
   <translation>刷盘至</translation>
  </message>
  <message>
   <source>Follows</source>
   <translation>跟随</translation>
  </message>
  <message>
   <source>Fri</source>
   <translation>周五</translation>
  </message>
  <message>
   <source>Heartbeat age</source>
   <translation>心跳距今</translation>
  </message>
  <message>
   <source>Heartbeat shown</source>
   <translation>显示的心跳</translation>
  </message>
  <message>
   <source>Holder of the key</source>
   <translation>领导键持有者</translation>
  </message>
  <message>
   <source>Host</source>
   <translation>主机</translation>
  </message>
  <message>
   <source>Host key</source>
   <translation>主机密钥</translation>
  </message>
  <message>
   <source>Host up for</source>
   <translation>主机运行时长</translation>
  </message>
  <message>
   <source>How long it takes was never measured here.</source>
   <translation>此处从未测量过需要多久。</translation>
  </message>
  <message>
   <source>If a standby were promoted now</source>
   <translation>如果此刻提升备库</translation>
  </message>
  <message>
   <source>If a standby were promoted now, against the primary's last reading</source>
   <translation>如果此刻提升备库，对照主库最后一次读取</translation>
  </message>
  <message>
   <source>If the primary died now</source>
   <translation>如果主库此刻失效</translation>
  </message>
  <message>
   <source>If the primary died now, as last read</source>
   <translation>如果主库此刻失效，按最后一次读取</translation>
  </message>
  <message>
   <source>Its anchor: entry {n} of {at} UTC, {hash}.</source>
   <translation>其锚点：条目 {n}，{at} UTC，{hash}。</translation>
  </message>
  <message>
   <source>Jan</source>
   <translation>1 月</translation>
  </message>
  <message>
   <source>Jul</source>
   <translation>7 月</translation>
  </message>
  <message>
   <source>Jun</source>
   <translation>6 月</translation>
  </message>
  <message>
   <source>LOCK BROKEN</source>
   <translation>锁被强制解除</translation>
  </message>
  <message>
   <source>Lab</source>
   <translation>实验环境</translation>
  </message>
  <message>
   <source>Last archived</source>
   <translation>上次归档</translation>
  </message>
  <message>
   <source>Last entry</source>
   <translation>最后一笔分录</translation>
  </message>
  <message>
   <source>Last entry booked</source>
   <translation>最后一笔分录记账于</translation>
  </message>
  <message>
   <source>Last reply seen</source>
   <translation>最近一次回复</translation>
  </message>
  <message>
   <source>Load</source>
   <translation>负载</translation>
  </message>
  <message>
   <source>Machine</source>
   <translation>机器</translation>
  </message>
  <message>
   <source>Machine and boot</source>
   <translation>机器与启动标识</translation>
  </message>
  <message>
   <source>Mar</source>
   <translation>3 月</translation>
  </message>
  <message>
   <source>May</source>
   <translation>5 月</translation>
  </message>
  <message>
   <source>Mon</source>
   <translation>周一</translation>
  </message>
  <message>
   <source>No ledger is known here, so the loss can't be counted in entries.</source>
   <translation>此处没有已知的账本，因此丢失量无法按分录计数。</translation>
  </message>
  <message>
   <source>No loss seen</source>
   <translation>未见丢失</translation>
  </message>
  <message>
   <source>No primary is seen, so there is nothing to compare the standbys with.</source>
   <translation>看不到主库，因此没有可与备库比较的对象。</translation>
  </message>
  <message>
   <source>No standby that answers could take over.</source>
   <translation>有应答的备库均不能接管。</translation>
  </message>
  <message>
   <source>Nobody</source>
   <translation>无</translation>
  </message>
  <message>
   <source>Nodes that hold the ledger</source>
   <translation>持有账本的节点</translation>
  </message>
  <message>
   <source>Not known</source>
   <translation>未知</translation>
  </message>
  <message>
   <source>Not shown: {claim}.</source>
   <translation>未表明：{claim}。</translation>
  </message>
  <message>
   <source>Nothing lost</source>
   <translation>没有丢失</translation>
  </message>
  <message>
   <source>Nothing was read yet.</source>
   <translation>尚未读取任何内容。</translation>
  </message>
  <message>
   <source>Nov</source>
   <translation>11 月</translation>
  </message>
  <message>
   <source>Oct</source>
   <translation>10 月</translation>
  </message>
  <message>
   <source>Of the entries before that place, {n} are as they were written. Nothing more is claimed.</source>
   <translation>该处之前的条目中，{n} 个与写入时相同。除此之外不作断言。</translation>
  </message>
  <message>
   <source>Of them on the synchronous list</source>
   <translation>其中列为同步的</translation>
  </message>
  <message>
   <source>Patroni</source>
   <translation>Patroni</translation>
  </message>
  <message>
   <source>Patroni does not run</source>
   <translation>Patroni 未运行</translation>
  </message>
  <message>
   <source>Patroni does not run on {node}, and its PostgreSQL runs on without it</source>
   <translation>{node} 上 Patroni 未运行，其 PostgreSQL 在没有它的情况下继续运行</translation>
  </message>
  <message>
   <source>Patroni would choose; {node} holds the most.</source>
   <translation>由 Patroni 选择；{node} 持有最多。</translation>
  </message>
  <message>
   <source>PostgreSQL</source>
   <translation>PostgreSQL</translation>
  </message>
  <message>
   <source>PostgreSQL answers</source>
   <translation>PostgreSQL 应答</translation>
  </message>
  <message>
   <source>Processes on the data directory</source>
   <translation>数据目录上的进程</translation>
  </message>
  <message>
   <source>Production</source>
   <translation>生产</translation>
  </message>
  <message>
   <source>Reaches SSH from there</source>
   <translation>从那里可连接 SSH</translation>
  </message>
  <message>
   <source>Reaches the server from there</source>
   <translation>从那里可连接服务器</translation>
  </message>
  <message>
   <source>Received to</source>
   <translation>接收至</translation>
  </message>
  <message>
   <source>Receiver last heard its upstream</source>
   <translation>接收进程上次收到上游消息</translation>
  </message>
  <message>
   <source>Recovery conflicts</source>
   <translation>恢复冲突</translation>
  </message>
  <message>
   <source>Replay</source>
   <translation>重放</translation>
  </message>
  <message>
   <source>Replayed to</source>
   <translation>重放至</translation>
  </message>
  <message>
   <source>Rights</source>
   <translation>权限</translation>
  </message>
  <message>
   <source>Round trip</source>
   <translation>往返时间</translation>
  </message>
  <message>
   <source>Round trip, books</source>
   <translation>往返时间，账簿</translation>
  </message>
  <message>
   <source>SSH</source>
   <translation>SSH</translation>
  </message>
  <message>
   <source>SSH answers</source>
   <translation>SSH 应答</translation>
  </message>
  <message>
   <source>SSH is still connecting</source>
   <translation>SSH 仍在连接</translation>
  </message>
  <message>
   <source>Sat</source>
   <translation>周六</translation>
  </message>
  <message>
   <source>Seconds between two looks</source>
   <translation>两次查看的间隔秒数</translation>
  </message>
  <message>
   <source>Segments archived</source>
   <translation>已归档段数</translation>
  </message>
  <message>
   <source>Sep</source>
   <translation>9 月</translation>
  </message>
  <message>
   <source>Shown: {claim}.</source>
   <translation>已表明：{claim}。</translation>
  </message>
  <message>
   <source>Silence of the books</source>
   <translation>账簿无应答时长</translation>
  </message>
  <message>
   <source>Silence of the host</source>
   <translation>主机无应答时长</translation>
  </message>
  <message>
   <source>Silence of the server</source>
   <translation>服务器无应答时长</translation>
  </message>
  <message>
   <source>Staging</source>
   <translation>预发</translation>
  </message>
  <message>
   <source>Standby's last reply</source>
   <translation>备库最近一次回复</translation>
  </message>
  <message>
   <source>Standbys that do not reach it either</source>
   <translation>同样无法连接它的备库</translation>
  </message>
  <message>
   <source>Started</source>
   <translation>启动于</translation>
  </message>
  <message>
   <source>Sun</source>
   <translation>周日</translation>
  </message>
  <message>
   <source>Suspicion</source>
   <translation>怀疑度</translation>
  </message>
  <message>
   <source>Suspicion (φ)</source>
   <translation>怀疑度（φ）</translation>
  </message>
  <message>
   <source>Synchronous</source>
   <translation>同步</translation>
  </message>
  <message>
   <source>Synchronous names</source>
   <translation>同步名称</translation>
  </message>
  <message>
   <source>Synchronous standbys</source>
   <translation>同步备库</translation>
  </message>
  <message>
   <source>System</source>
   <translation>系统</translation>
  </message>
  <message>
   <source>System identifier</source>
   <translation>系统标识符</translation>
  </message>
  <message>
   <source>TLS could not be agreed</source>
   <translation>TLS 协商未达成</translation>
  </message>
  <message>
   <source>The heads of the books could not be read, so the loss can't be counted.</source>
   <translation>账簿末尾无法读取，因此丢失量无法计数。</translation>
  </message>
  <message>
   <source>The last readings are too old to say it.</source>
   <translation>最后的读数太旧，无法判断。</translation>
  </message>
  <message>
   <source>The log is whole: {n} entries.</source>
   <translation>日志完整：{n} 个条目。</translation>
  </message>
  <message>
   <source>The one cluster is healthy</source>
   <translation>唯一的集群健康</translation>
  </message>
  <message>
   <source>Thu</source>
   <translation>周四</translation>
  </message>
  <message>
   <source>Timeline</source>
   <translation>时间线</translation>
  </message>
  <message>
   <source>Transactions</source>
   <translation>事务</translation>
  </message>
  <message>
   <source>Tue</source>
   <translation>周二</translation>
  </message>
  <message>
   <source>UTC</source>
   <translation>UTC</translation>
  </message>
  <message>
   <source>Upstream last heard</source>
   <translation>上次收到上游消息</translation>
  </message>
  <message>
   <source>WAL archive</source>
   <translation>WAL 归档</translation>
  </message>
  <message>
   <source>WAL archive failures</source>
   <translation>WAL 归档失败次数</translation>
  </message>
  <message>
   <source>WAL kept by slot</source>
   <translation>复制槽保留的 WAL</translation>
  </message>
  <message>
   <source>WAL kept by the slot</source>
   <translation>该复制槽保留的 WAL</translation>
  </message>
  <message>
   <source>WAL position</source>
   <translation>WAL 位置</translation>
  </message>
  <message>
   <source>WAL receiver</source>
   <translation>WAL 接收进程</translation>
  </message>
  <message>
   <source>WAL sender</source>
   <translation>WAL 发送进程</translation>
  </message>
  <message>
   <source>WAL written</source>
   <translation>WAL 写入量</translation>
  </message>
  <message>
   <source>Way back</source>
   <translation>返回方向</translation>
  </message>
  <message>
   <source>Wed</source>
   <translation>周三</translation>
  </message>
  <message>
   <source>What would be lost can't be said now.</source>
   <translation>现在无法判断会丢失什么。</translation>
  </message>
  <message>
   <source>Within {time}, by {runs}.</source>
   <translation>{time} 之内，依据 {runs}。</translation>
  </message>
  <message>
   <source>Written to</source>
   <translation>写入至</translation>
  </message>
  <message>
   <source>a cluster named {subject} is there already</source>
   <translation>已有名为 {subject} 的集群</translation>
  </message>
  <message>
   <source>a commit that waits is on a standby before it is acknowledged</source>
   <translation>等待的提交在确认之前已在一个备库上</translation>
  </message>
  <message>
   <source>a commit that waits is on the first {k} of {names} before it is acknowledged</source>
   <translation>等待的提交在确认之前已在 {names} 的前 {k} 个上</translation>
  </message>
  <message>
   <source>a commit that waits is on {k} of the standbys before it is acknowledged</source>
   <translation>等待的提交在确认之前已在 {k} 个备库上</translation>
  </message>
  <message>
   <source>a commit that waits is on {k} of {names} before it is acknowledged</source>
   <translation>等待的提交在确认之前已在 {names} 中的 {k} 个上</translation>
  </message>
  <message>
   <source>a commit that waits is on {node} before it is acknowledged</source>
   <translation>等待的提交在确认之前已在 {node} 上</translation>
  </message>
  <message>
   <source>a failover</source>
   <translation>故障切换</translation>
  </message>
  <message>
   <source>a failover once a fence is read back, or by quorum</source>
   <translation>隔离经回读后故障切换，或按法定人数</translation>
  </message>
  <message>
   <source>a failover once every process there is proven ended</source>
   <translation>证明那里的所有进程均已结束后故障切换</translation>
  </message>
  <message>
   <source>a lock or the statement's limit stopped the question</source>
   <translation>锁或语句时限中止了查询</translation>
  </message>
  <message>
   <source>a node</source>
   <translation>某个节点</translation>
  </message>
  <message>
   <source>a restart in place</source>
   <translation>就地重启</translation>
  </message>
  <message>
   <source>alive, and refuses</source>
   <translation>存活，但拒绝</translation>
  </message>
  <message>
   <source>answer not readable</source>
   <translation>应答无法读取</translation>
  </message>
  <message>
   <source>approval</source>
   <translation>批准</translation>
  </message>
  <message>
   <source>archive failing</source>
   <translation>归档失败</translation>
  </message>
  <message>
   <source>asks for an answer</source>
   <translation>需要回答</translation>
  </message>
  <message>
   <source>async</source>
   <translation>异步</translation>
  </message>
  <message>
   <source>backup</source>
   <translation>备份</translation>
  </message>
  <message>
   <source>backup host</source>
   <translation>备份主机</translation>
  </message>
  <message>
   <source>backups</source>
   <translation>备份</translation>
  </message>
  <message>
   <source>behind</source>
   <translation>落后</translation>
  </message>
  <message>
   <source>belongs to another cluster</source>
   <translation>属于另一个集群</translation>
  </message>
  <message>
   <source>between the first and the last none was removed, added or moved</source>
   <translation>首末之间没有条目被移除、添加或移动</translation>
  </message>
  <message>
   <source>books</source>
   <translation>账簿</translation>
  </message>
  <message>
   <source>books not readable</source>
   <translation>账簿无法读取</translation>
  </message>
  <message>
   <source>breaking the glass needs a reason</source>
   <translation>紧急破例须有理由</translation>
  </message>
  <message>
   <source>bytes</source>
   <translation>字节</translation>
  </message>
  <message>
   <source>bytes per second</source>
   <translation>字节/秒</translation>
  </message>
  <message>
   <source>cascade</source>
   <translation>级联备库</translation>
  </message>
  <message>
   <source>cascade broken</source>
   <translation>级联中断</translation>
  </message>
  <message>
   <source>clock apart</source>
   <translation>时钟偏差</translation>
  </message>
  <message>
   <source>command</source>
   <translation>命令</translation>
  </message>
  <message>
   <source>commits wait</source>
   <translation>提交在等待</translation>
  </message>
  <message>
   <source>commits wait for {observed} of {limit} promised standbys</source>
   <translation>承诺的 {limit} 个备库中，提交只等待 {observed} 个</translation>
  </message>
  <message>
   <source>commits wait: too few synchronous standbys follow</source>
   <translation>提交在等待：跟随的同步备库太少</translation>
  </message>
  <message>
   <source>commits wait: {observed} of {limit} synchronous standbys follow</source>
   <translation>提交在等待：{limit} 个同步备库中 {observed} 个跟随</translation>
  </message>
  <message>
   <source>console cut off</source>
   <translation>控制台被隔断</translation>
  </message>
  <message>
   <source>cut off</source>
   <translation>被隔断</translation>
  </message>
  <message>
   <source>decision</source>
   <translation>决定</translation>
  </message>
  <message>
   <source>degraded</source>
   <translation>已降级</translation>
  </message>
  <message>
   <source>disk full</source>
   <translation>磁盘已满</translation>
  </message>
  <message>
   <source>disk low</source>
   <translation>磁盘不足</translation>
  </message>
  <message>
   <source>diverged</source>
   <translation>已偏离</translation>
  </message>
  <message>
   <source>each entry is as it was written</source>
   <translation>每个条目都与写入时相同</translation>
  </message>
  <message>
   <source>empty</source>
   <translation>空</translation>
  </message>
  <message>
   <source>engine</source>
   <translation>引擎</translation>
  </message>
  <message>
   <source>entries</source>
   <translation>分录</translation>
  </message>
  <message>
   <source>every host answers, and there is no standby</source>
   <translation>所有主机均应答，没有备库</translation>
  </message>
  <message>
   <source>evidence</source>
   <translation>证据</translation>
  </message>
  <message>
   <source>fault</source>
   <translation>故障</translation>
  </message>
  <message>
   <source>fault made on purpose</source>
   <translation>有意制造的故障</translation>
  </message>
  <message>
   <source>flush position</source>
   <translation>flush 位置</translation>
  </message>
  <message>
   <source>frozen</source>
   <translation>冻结</translation>
  </message>
  <message>
   <source>hard evidence: the host itself shows that no process is left</source>
   <translation>确凿证据：主机本身表明没有进程残留</translation>
  </message>
  <message>
   <source>healthy</source>
   <translation>健康</translation>
  </message>
  <message>
   <source>heartbeat one way only</source>
   <translation>心跳仅单向</translation>
  </message>
  <message>
   <source>heartbeats of {node} arrive one way only</source>
   <translation>{node} 的心跳仅单向到达</translation>
  </message>
  <message>
   <source>heartbeats of {node} arrive one way only: {detail} is silent for {observed}</source>
   <translation>{node} 的心跳仅单向到达：{detail} 无应答已 {observed}</translation>
  </message>
  <message>
   <source>host key changed</source>
   <translation>主机密钥已变更</translation>
  </message>
  <message>
   <source>host key not accepted yet</source>
   <translation>主机密钥尚未接受</translation>
  </message>
  <message>
   <source>hung</source>
   <translation>挂起</translation>
  </message>
  <message>
   <source>hung: its processes are there, and do not answer</source>
   <translation>挂起：其进程存在，但没有应答</translation>
  </message>
  <message>
   <source>identity changed</source>
   <translation>身份已变更</translation>
  </message>
  <message>
   <source>it</source>
   <translation>它</translation>
  </message>
  <message>
   <source>it begins where this console's log begins</source>
   <translation>它从本控制台日志的开头开始</translation>
  </message>
  <message>
   <source>it does not accept our key or password</source>
   <translation>它不接受我们的密钥或密码</translation>
  </message>
  <message>
   <source>it gave a reason of its own</source>
   <translation>它给出了自己的原因</translation>
  </message>
  <message>
   <source>it has no connection left</source>
   <translation>它没有剩余连接</translation>
  </message>
  <message>
   <source>it is recovering and not consistent yet</source>
   <translation>它正在恢复，尚未一致</translation>
  </message>
  <message>
   <source>it is shutting down</source>
   <translation>它正在关闭</translation>
  </message>
  <message>
   <source>it is starting up</source>
   <translation>它正在启动</translation>
  </message>
  <message>
   <source>it shows another host key than the one accepted</source>
   <translation>它出示的主机密钥与已接受的不同</translation>
  </message>
  <message>
   <source>it waits for a person's answer</source>
   <translation>它等待人的回答</translation>
  </message>
  <message>
   <source>it was refused ({reason})</source>
   <translation>被拒绝（{reason}）</translation>
  </message>
  <message>
   <source>its name has no address</source>
   <translation>其名称没有对应地址</translation>
  </message>
  <message>
   <source>key file missing</source>
   <translation>缺少密钥文件</translation>
  </message>
  <message>
   <source>login refused</source>
   <translation>登录被拒绝</translation>
  </message>
  <message>
   <source>lost</source>
   <translation>已丢失</translation>
  </message>
  <message>
   <source>no</source>
   <translation>否</translation>
  </message>
  <message>
   <source>no PostgreSQL listens on {node}, and why can't be read</source>
   <translation>{node} 上没有 PostgreSQL 监听，原因无法读取</translation>
  </message>
  <message>
   <source>no commit waits for a standby</source>
   <translation>提交不等待任何备库</translation>
  </message>
  <message>
   <source>no majority of the group</source>
   <translation>组没有多数</translation>
  </message>
  <message>
   <source>no node is seen to accept writes</source>
   <translation>未见任何节点接受写入</translation>
  </message>
  <message>
   <source>no primary</source>
   <translation>没有主库</translation>
  </message>
  <message>
   <source>no server</source>
   <translation>没有服务器</translation>
  </message>
  <message>
   <source>no server listens there</source>
   <translation>那里没有服务器监听</translation>
  </message>
  <message>
   <source>nobody approves a plan of their own</source>
   <translation>任何人不得批准自己的计划</translation>
  </message>
  <message>
   <source>nobody has accepted its host key yet</source>
   <translation>其主机密钥尚无人接受</translation>
  </message>
  <message>
   <source>nobody has accepted the host key of {node} yet</source>
   <translation>{node} 的主机密钥尚无人接受</translation>
  </message>
  <message>
   <source>nobody holds the key</source>
   <translation>没有节点持有领导键</translation>
  </message>
  <message>
   <source>nobody holds the key of the consensus group</source>
   <translation>没有节点持有共识组的领导键</translation>
  </message>
  <message>
   <source>none</source>
   <translation>无</translation>
  </message>
  <message>
   <source>none of its hosts answers: is this console cut off?</source>
   <translation>其主机均无应答：本控制台是否被隔断？</translation>
  </message>
  <message>
   <source>none of {detail} hosts has answered for {observed}: is this console cut off?</source>
   <translation>{detail} 台主机均已 {observed} 没有应答：本控制台是否被隔断？</translation>
  </message>
  <message>
   <source>not asked yet</source>
   <translation>尚未询问</translation>
  </message>
  <message>
   <source>not asked, as the host can't be reached</source>
   <translation>未询问，因为主机无法连接</translation>
  </message>
  <message>
   <source>not known</source>
   <translation>未知</translation>
  </message>
  <message>
   <source>not streaming</source>
   <translation>未在流复制</translation>
  </message>
  <message>
   <source>nothing by itself</source>
   <translation>不自动执行任何操作</translation>
  </message>
  <message>
   <source>nothing came back from its SSH port within the limit</source>
   <translation>其 SSH 端口在时限内没有返回</translation>
  </message>
  <message>
   <source>of commits that wait</source>
   <translation>就等待备库的提交而言</translation>
  </message>
  <message>
   <source>per second</source>
   <translation>每秒</translation>
  </message>
  <message>
   <source>pg_hba.conf has no line for us</source>
   <translation>pg_hba.conf 中没有我们的条目</translation>
  </message>
  <message>
   <source>pg_isready from there</source>
   <translation>从那里执行 pg_isready</translation>
  </message>
  <message>
   <source>postmaster killed</source>
   <translation>postmaster 被终止</translation>
  </message>
  <message>
   <source>primary</source>
   <translation>主库</translation>
  </message>
  <message>
   <source>primary cut off from its standbys</source>
   <translation>主库与其备库隔断</translation>
  </message>
  <message>
   <source>primary dead, witnessed</source>
   <translation>主库失效，有旁证</translation>
  </message>
  <message>
   <source>proof</source>
   <translation>证明</translation>
  </message>
  <message>
   <source>psql is missing on {node}</source>
   <translation>{node} 上缺少 psql</translation>
  </message>
  <message>
   <source>psql is not on the node</source>
   <translation>节点上没有 psql</translation>
  </message>
  <message>
   <source>psql missing</source>
   <translation>缺少 psql</translation>
  </message>
  <message>
   <source>question {subject} is not open any more</source>
   <translation>问题 {subject} 已不再待答</translation>
  </message>
  <message>
   <source>readings old</source>
   <translation>读数已旧</translation>
  </message>
  <message>
   <source>refusal</source>
   <translation>拒绝</translation>
  </message>
  <message>
   <source>refusing</source>
   <translation>拒绝中</translation>
  </message>
  <message>
   <source>replay on {node} is paused</source>
   <translation>{node} 的重放已暂停</translation>
  </message>
  <message>
   <source>replay on {node} is paused, its reads are {observed} old</source>
   <translation>{node} 的重放已暂停，其读取内容已旧 {observed}</translation>
  </message>
  <message>
   <source>replay paused</source>
   <translation>重放已暂停</translation>
  </message>
  <message>
   <source>rights missing</source>
   <translation>缺少权限</translation>
  </message>
  <message>
   <source>role unknown</source>
   <translation>角色未知</translation>
  </message>
  <message>
   <source>run began</source>
   <translation>运行开始</translation>
  </message>
  <message>
   <source>run ended</source>
   <translation>运行结束</translation>
  </message>
  <message>
   <source>run resumed</source>
   <translation>运行继续</translation>
  </message>
  <message>
   <source>run stopped</source>
   <translation>运行停止</translation>
  </message>
  <message>
   <source>run {subject} waits for no approval</source>
   <translation>运行 {subject} 不在等待批准</translation>
  </message>
  <message>
   <source>s</source>
   <translation>秒</translation>
  </message>
  <message>
   <source>since {at}, for {duration}</source>
   <translation>自 {at} 起，已 {duration}</translation>
  </message>
  <message>
   <source>since {since} {clause}</source>
   <translation>自 {since} 起，{clause}</translation>
  </message>
  <message>
   <source>slot fills the disk</source>
   <translation>复制槽占满磁盘</translation>
  </message>
  <message>
   <source>slot {detail} on {node} keeps more WAL than there is space left</source>
   <translation>{node} 上的复制槽 {detail} 保留的 WAL 多于剩余空间</translation>
  </message>
  <message>
   <source>slot {detail} on {node} keeps {observed} of WAL, and {limit} of the disk are left</source>
   <translation>{node} 上的复制槽 {detail} 保留 {observed} 的 WAL，磁盘剩余 {limit}</translation>
  </message>
  <message>
   <source>split brain</source>
   <translation>脑裂</translation>
  </message>
  <message>
   <source>standby</source>
   <translation>备库</translation>
  </message>
  <message>
   <source>standby lost</source>
   <translation>备库已丢失</translation>
  </message>
  <message>
   <source>starting</source>
   <translation>正在启动</translation>
  </message>
  <message>
   <source>stopped</source>
   <translation>已停止</translation>
  </message>
  <message>
   <source>stopped by somebody</source>
   <translation>被人停止</translation>
  </message>
  <message>
   <source>stopping</source>
   <translation>正在停止</translation>
  </message>
  <message>
   <source>sudo on {node} refuses to act as the other account</source>
   <translation>{node} 上的 sudo 拒绝以另一账号执行</translation>
  </message>
  <message>
   <source>sudo refused</source>
   <translation>sudo 被拒绝</translation>
  </message>
  <message>
   <source>sudo refused to act as the other account</source>
   <translation>sudo 拒绝以另一账号执行</translation>
  </message>
  <message>
   <source>suspected: only the console does not see it</source>
   <translation>疑似：只有控制台看不到它</translation>
  </message>
  <message>
   <source>sync</source>
   <translation>同步</translation>
  </message>
  <message>
   <source>sync degraded</source>
   <translation>同步已降级</translation>
  </message>
  <message>
   <source>synchronous set</source>
   <translation>同步集合</translation>
  </message>
  <message>
   <source>that is no SSH signature</source>
   <translation>这不是 SSH 签名</translation>
  </message>
  <message>
   <source>that is no approval rule</source>
   <translation>这不是批准规则</translation>
  </message>
  <message>
   <source>that nobody who may write both made log and anchor anew (a copy kept elsewhere shows it: --against)</source>
   <translation>没有可写入两者的人重新制作了日志和锚点（保存在别处的副本可以表明：--against）</translation>
  </message>
  <message>
   <source>that none newer than the anchor was taken from the end</source>
   <translation>没有新于锚点的条目从末尾被去掉</translation>
  </message>
  <message>
   <source>that what was noted was true</source>
   <translation>所记内容属实</translation>
  </message>
  <message>
   <source>the SSH connection ended or made no sense</source>
   <translation>SSH 连接中断或内容无法理解</translation>
  </message>
  <message>
   <source>the WAL archive of {node} fails</source>
   <translation>{node} 的 WAL 归档失败</translation>
  </message>
  <message>
   <source>the WAL archive of {node} fails ({observed} failures)</source>
   <translation>{node} 的 WAL 归档失败（{observed} 次）</translation>
  </message>
  <message>
   <source>the answer makes no sense</source>
   <translation>应答无法理解</translation>
  </message>
  <message>
   <source>the approval is too old</source>
   <translation>批准太旧</translation>
  </message>
  <message>
   <source>the approval would hold for too long</source>
   <translation>批准的有效期太长</translation>
  </message>
  <message>
   <source>the approvers can't be read</source>
   <translation>批准者无法读取</translation>
  </message>
  <message>
   <source>the approvers can't be written</source>
   <translation>批准者无法写入</translation>
  </message>
  <message>
   <source>the books on {node} can't be read now, which harms nothing</source>
   <translation>{node} 上的账簿现在无法读取，无害</translation>
  </message>
  <message>
   <source>the books on {node} could not be read for {observed}, which harms nothing</source>
   <translation>{node} 上的账簿已 {observed} 无法读取，无害</translation>
  </message>
  <message>
   <source>the clock of {node} is apart</source>
   <translation>{node} 的时钟有偏差</translation>
  </message>
  <message>
   <source>the clock of {node} is {observed} apart</source>
   <translation>{node} 的时钟相差 {observed}</translation>
  </message>
  <message>
   <source>the consensus group has no majority, so nobody may be primary</source>
   <translation>共识组没有多数，因此任何节点都不得成为主库</translation>
  </message>
  <message>
   <source>the console's role may not see all of {node}</source>
   <translation>控制台的角色无权查看 {node} 的全部内容</translation>
  </message>
  <message>
   <source>the database does not exist</source>
   <translation>数据库不存在</translation>
  </message>
  <message>
   <source>the disk of {node} is full</source>
   <translation>{node} 的磁盘已满</translation>
  </message>
  <message>
   <source>the disk of {node} is full, {observed} left</source>
   <translation>{node} 的磁盘已满，剩余 {observed}</translation>
  </message>
  <message>
   <source>the engine could not answer {subject}</source>
   <translation>引擎无法回答 {subject}</translation>
  </message>
  <message>
   <source>the engine is busy with {subject}</source>
   <translation>引擎正忙于 {subject}</translation>
  </message>
  <message>
   <source>the engine stopped before it answered</source>
   <translation>引擎在应答之前已停止</translation>
  </message>
  <message>
   <source>the engine that runs is of another version</source>
   <translation>运行中的引擎是另一个版本</translation>
  </message>
  <message>
   <source>the host answers, but nothing listens on its SSH port</source>
   <translation>主机应答，但其 SSH 端口没有监听</translation>
  </message>
  <message>
   <source>the host key of {subject} could not be stored</source>
   <translation>{subject} 的主机密钥无法存储</translation>
  </message>
  <message>
   <source>the inventory has no cluster {subject}</source>
   <translation>清单中没有集群 {subject}</translation>
  </message>
  <message>
   <source>the inventory has no node {subject}</source>
   <translation>清单中没有节点 {subject}</translation>
  </message>
  <message>
   <source>the key belongs to another person</source>
   <translation>密钥属于另一人</translation>
  </message>
  <message>
   <source>the key file for {node} is missing or can't be read</source>
   <translation>{node} 的密钥文件缺失或无法读取</translation>
  </message>
  <message>
   <source>the key file named for it is missing or can't be read</source>
   <translation>为其指定的密钥文件缺失或无法读取</translation>
  </message>
  <message>
   <source>the key is also the initiator's</source>
   <translation>密钥也是发起人的密钥</translation>
  </message>
  <message>
   <source>the key that signed belongs to no approver</source>
   <translation>签署的密钥不属于任何批准者</translation>
  </message>
  <message>
   <source>the key that signed is no longer valid</source>
   <translation>签署的密钥已失效</translation>
  </message>
  <message>
   <source>the key that signed is not valid yet</source>
   <translation>签署的密钥尚未生效</translation>
  </message>
  <message>
   <source>the key that signed was revoked</source>
   <translation>签署的密钥已被吊销</translation>
  </message>
  <message>
   <source>the key's holder is read-only</source>
   <translation>领导键持有者只读</translation>
  </message>
  <message>
   <source>the last reading of {node} is old</source>
   <translation>{node} 的最后读数已旧</translation>
  </message>
  <message>
   <source>the last reading of {node} is {observed} old</source>
   <translation>{node} 的最后读数距今 {observed}</translation>
  </message>
  <message>
   <source>the list of revoked keys can't be read, so no key is trusted</source>
   <translation>吊销密钥列表无法读取，因此不信任任何密钥</translation>
  </message>
  <message>
   <source>the password was not accepted</source>
   <translation>密码未被接受</translation>
  </message>
  <message>
   <source>the postmaster of {node} was killed, and {observed} of its processes live on</source>
   <translation>{node} 的 postmaster 被终止，其 {observed} 个进程仍存活</translation>
  </message>
  <message>
   <source>the postmaster of {node} was killed: no process is left, and it never shut down</source>
   <translation>{node} 的 postmaster 被终止：没有进程残留，且从未正常关闭</translation>
  </message>
  <message>
   <source>the question of {subject} is not open any more</source>
   <translation>{subject} 的问题已不再待答</translation>
  </message>
  <message>
   <source>the role does not exist</source>
   <translation>角色不存在</translation>
  </message>
  <message>
   <source>the role may not see what is asked</source>
   <translation>角色无权查看所询问的内容</translation>
  </message>
  <message>
   <source>the server gave no answer within the limit</source>
   <translation>服务器在时限内没有应答</translation>
  </message>
  <message>
   <source>the server is there and refuses</source>
   <translation>服务器存在，但拒绝</translation>
  </message>
  <message>
   <source>the session is still connecting</source>
   <translation>会话仍在连接</translation>
  </message>
  <message>
   <source>the signature approves a plan for another cluster</source>
   <translation>签名批准的是另一个集群的计划</translation>
  </message>
  <message>
   <source>the signature approves a plan that is not this one any more</source>
   <translation>签名批准的计划已不是这一个</translation>
  </message>
  <message>
   <source>the signature approves another maximum loss</source>
   <translation>签名批准的是另一个最大丢失量</translation>
  </message>
  <message>
   <source>the signature approves another operation</source>
   <translation>签名批准的是另一项操作</translation>
  </message>
  <message>
   <source>the signature approves another run</source>
   <translation>签名批准的是另一次运行</translation>
  </message>
  <message>
   <source>the signature does not fit the text and the key</source>
   <translation>签名与文本和密钥不符</translation>
  </message>
  <message>
   <source>the signature was made for another purpose</source>
   <translation>签名用于另一目的</translation>
  </message>
  <message>
   <source>the standby {node} is lost: {detail}</source>
   <translation>备库 {node} 已丢失：{detail}</translation>
  </message>
  <message>
   <source>the store did not take {subject}</source>
   <translation>存储未接受 {subject}</translation>
  </message>
  <message>
   <source>the time asked for of {subject} makes no sense</source>
   <translation>{subject} 所要求的时间无法理解</translation>
  </message>
  <message>
   <source>the way back</source>
   <translation>返回方向</translation>
  </message>
  <message>
   <source>the way to the standby</source>
   <translation>到备库的方向</translation>
  </message>
  <message>
   <source>there is no approver {subject}</source>
   <translation>没有批准者 {subject}</translation>
  </message>
  <message>
   <source>there is no run {subject}</source>
   <translation>没有运行 {subject}</translation>
  </message>
  <message>
   <source>there is no ssh-keygen to verify with</source>
   <translation>没有可用于验证的 ssh-keygen</translation>
  </message>
  <message>
   <source>too few copies</source>
   <translation>副本太少</translation>
  </message>
  <message>
   <source>too few nodes hold the ledger as it is now</source>
   <translation>持有账本现状的节点太少</translation>
  </message>
  <message>
   <source>two primaries</source>
   <translation>两个主库</translation>
  </message>
  <message>
   <source>two primaries accept writes at once</source>
   <translation>两个主库同时接受写入</translation>
  </message>
  <message>
   <source>two primaries accept writes at once: {detail}</source>
   <translation>两个主库同时接受写入：{detail}</translation>
  </message>
  <message>
   <source>unknown</source>
   <translation>未知</translation>
  </message>
  <message>
   <source>up to its anchor none was taken from the end</source>
   <translation>到其锚点为止，没有条目从末尾被去掉</translation>
  </message>
  <message>
   <source>verdict</source>
   <translation>判定</translation>
  </message>
  <message>
   <source>what was given for {subject} is no public key</source>
   <translation>为 {subject} 提供的不是公钥</translation>
  </message>
  <message>
   <source>what was signed is no approval of a plan</source>
   <translation>所签署的不是对计划的批准</translation>
  </message>
  <message>
   <source>witnessed: its standbys do not reach it either</source>
   <translation>有旁证：其备库也无法连接它</translation>
  </message>
  <message>
   <source>yes</source>
   <translation>是</translation>
  </message>
  <message>
   <source>{bytes}/s</source>
   <translation>{bytes}/秒</translation>
  </message>
  <message>
   <source>{clauses} ({more})</source>
   <translation>{clauses}（{more}）</translation>
  </message>
  <message>
   <source>{clause} ({detail})</source>
   <translation>{clause}（{detail}）</translation>
  </message>
  <message>
   <source>{clause}, limit {limit}</source>
   <translation>{clause}，限值 {limit}</translation>
  </message>
  <message>
   <source>{clause}, so its state is unknown</source>
   <translation>{clause}，状态未知</translation>
  </message>
  <message>
   <source>{clause}: {detail}</source>
   <translation>{clause}：{detail}</translation>
  </message>
  <message>
   <source>{cluster}: {clause}</source>
   <translation>{cluster}：{clause}</translation>
  </message>
  <message>
   <source>{day} {month} {clock}</source>
   <translation>{month} {day} 日 {clock}</translation>
  </message>
  <message>
   <source>{day} {month} {year} {clock}</source>
   <translation>{year} 年 {month} {day} 日 {clock}</translation>
  </message>
  <message>
   <source>{duration} old</source>
   <translation>{duration} 前</translation>
  </message>
  <message>
   <source>{d} d</source>
   <translation>{d} 天</translation>
  </message>
  <message>
   <source>{d} d {h} h</source>
   <translation>{d} 天 {h} 小时</translation>
  </message>
  <message>
   <source>{guard}: {observed} ({source}, {at})</source>
   <translation>{guard}：{observed}（{source}，{at}）</translation>
  </message>
  <message>
   <source>{guard}: {observed}, against {threshold} ({source}, {at})</source>
   <translation>{guard}：{observed}，限值 {threshold}（{source}，{at}）</translation>
  </message>
  <message>
   <source>{head} and {last}</source>
   <translation>{head} 和 {last}</translation>
  </message>
  <message>
   <source>{host}: {reason}</source>
   <translation>{host}：{reason}</translation>
  </message>
  <message>
   <source>{h} h</source>
   <translation>{h} 小时</translation>
  </message>
  <message>
   <source>{h} h {m} min</source>
   <translation>{h} 小时 {m} 分</translation>
  </message>
  <message>
   <source>{ms} ms</source>
   <translation>{ms} 毫秒</translation>
  </message>
  <message>
   <source>{m} min</source>
   <translation>{m} 分钟</translation>
  </message>
  <message>
   <source>{m} min {s} s</source>
   <translation>{m} 分 {s} 秒</translation>
  </message>
  <message>
   <source>{name} is unknown in part: {clause}</source>
   <translation>{name} 部分未知：{clause}</translation>
  </message>
  <message>
   <source>{name} is {health}: {clause}</source>
   <translation>{name} {health}：{clause}</translation>
  </message>
  <message>
   <source>{node} answers us, and none of its standbys reaches it</source>
   <translation>{node} 应答我们，但其备库均无法连接它</translation>
  </message>
  <message>
   <source>{node} answers us, and {observed} of {limit} standbys do not reach it</source>
   <translation>{node} 应答我们，但 {limit} 个备库中 {observed} 个无法连接它</translation>
  </message>
  <message>
   <source>{node} answers what can't be read</source>
   <translation>{node} 的应答无法读取</translation>
  </message>
  <message>
   <source>{node} asks a question that only a person can answer</source>
   <translation>{node} 提出只有人能回答的问题</translation>
  </message>
  <message>
   <source>{node} belongs to another cluster (system identifier {observed})</source>
   <translation>{node} 属于另一个集群（系统标识符 {observed}）</translation>
  </message>
  <message>
   <source>{node} belongs to another cluster: its system identifier differs</source>
   <translation>{node} 属于另一个集群：其系统标识符不同</translation>
  </message>
  <message>
   <source>{node} can't be reached from here</source>
   <translation>从此处无法连接 {node}</translation>
  </message>
  <message>
   <source>{node} does not accept our login</source>
   <translation>{node} 不接受我们的登录</translation>
  </message>
  <message>
   <source>{node} hangs: its processes are there, and it has not answered for {observed}</source>
   <translation>{node} 挂起：其进程存在，已 {observed} 没有应答</translation>
  </message>
  <message>
   <source>{node} hangs: its processes are there, and two sessions get no answer</source>
   <translation>{node} 挂起：其进程存在，两个会话均无应答</translation>
  </message>
  <message>
   <source>{node} has left the history of {detail}</source>
   <translation>{node} 已偏离 {detail} 的历史</translation>
  </message>
  <message>
   <source>{node} has left the history of {detail}, its WAL goes to {observed}</source>
   <translation>{node} 已偏离 {detail} 的历史，其 WAL 到 {observed}</translation>
  </message>
  <message>
   <source>{node} has little of its disk left</source>
   <translation>{node} 的剩余磁盘很少</translation>
  </message>
  <message>
   <source>{node} has not answered for {observed}</source>
   <translation>{node} 已 {observed} 没有应答</translation>
  </message>
  <message>
   <source>{node} has not answered since the engine started</source>
   <translation>自引擎启动以来 {node} 没有应答</translation>
  </message>
  <message>
   <source>{node} has received no WAL for {observed}</source>
   <translation>{node} 已 {observed} 未收到 WAL</translation>
  </message>
  <message>
   <source>{node} has received no WAL from {detail} for {observed}</source>
   <translation>{node} 已 {observed} 未从 {detail} 收到 WAL</translation>
  </message>
  <message>
   <source>{node} has {observed} of its disk left</source>
   <translation>{node} 的磁盘剩余 {observed}</translation>
  </message>
  <message>
   <source>{node} holds the key of its group, and its server is read-only</source>
   <translation>{node} 持有其组的领导键，但其服务器只读</translation>
  </message>
  <message>
   <source>{node} is alive and refuses the console</source>
   <translation>{node} 存活，但拒绝控制台</translation>
  </message>
  <message>
   <source>{node} is another machine or boot than before, so its evidence is void</source>
   <translation>{node} 的机器或启动标识与之前不同，因此其证据无效</translation>
  </message>
  <message>
   <source>{node} is behind (flush)</source>
   <translation>{node} 落后（flush）</translation>
  </message>
  <message>
   <source>{node} is dead: its host is silent for {observed}, and {detail} reach it neither</source>
   <translation>{node} 失效：其主机已 {observed} 无应答，{detail} 也无法连接它</translation>
  </message>
  <message>
   <source>{node} is dead: its host is silent, and its standbys reach it neither</source>
   <translation>{node} 失效：其主机无应答，其备库也无法连接它</translation>
  </message>
  <message>
   <source>{node} is frozen: its processes are stopped (state T)</source>
   <translation>{node} 冻结：其进程已停止（状态 T）</translation>
  </message>
  <message>
   <source>{node} is frozen: its processes are stopped, no answer for {observed}</source>
   <translation>{node} 冻结：其进程已停止，已 {observed} 没有应答</translation>
  </message>
  <message>
   <source>{node} is shutting down and answers no question any more</source>
   <translation>{node} 正在关闭，不再应答任何询问</translation>
  </message>
  <message>
   <source>{node} is starting and answers no question yet</source>
   <translation>{node} 正在启动，尚不应答任何询问</translation>
  </message>
  <message>
   <source>{node} is writable although the key of its group is held by {detail}</source>
   <translation>{node} 可写入，而其组的领导键由 {detail} 持有</translation>
  </message>
  <message>
   <source>{node} is {health}, {role}</source>
   <translation>{node} {health}，{role}</translation>
  </message>
  <message>
   <source>{node} is {observed} behind (flush)</source>
   <translation>{node} 落后 {observed}（flush）</translation>
  </message>
  <message>
   <source>{node} receives no WAL</source>
   <translation>{node} 收不到 WAL</translation>
  </message>
  <message>
   <source>{node} receives no WAL from {detail}</source>
   <translation>{node} 从 {detail} 收不到 WAL</translation>
  </message>
  <message>
   <source>{node} shows another host key than the accepted one, so nothing is sent to it</source>
   <translation>{node} 出示的主机密钥与已接受的不同，因此不向其发送任何内容</translation>
  </message>
  <message>
   <source>{node} was stopped: its control file says that it was shut down</source>
   <translation>{node} 被停止：其控制文件表明它已正常关闭</translation>
  </message>
  <message>
   <source>{node} would take over by itself.</source>
   <translation>{node} 会自动接管。</translation>
  </message>
  <message>
   <source>{node} would take over, by hand: {why}.</source>
   <translation>{node} 会接管，但须手动：{why}。</translation>
  </message>
  <message>
   <source>{node} would take over.</source>
   <translation>{node} 会接管。</translation>
  </message>
  <message>
   <source>{n} %</source>
   <translation>{n}%</translation>
  </message>
  <message>
   <source>{n} entries</source>
   <translation>{n} 笔分录</translation>
  </message>
  <message>
   <source>{n} entries lost</source>
   <translation>丢失 {n} 笔分录</translation>
  </message>
  <message>
   <source>{n} lab clusters are {health}</source>
   <translation>{n} 个实验环境集群（{health}）</translation>
  </message>
  <message>
   <source>{n} measured runs</source>
   <translation>{n} 次实测</translation>
  </message>
  <message>
   <source>{n} more findings</source>
   <translation>另有 {n} 项发现</translation>
  </message>
  <message>
   <source>{n} production clusters are {health}</source>
   <translation>{n} 个生产集群（{health}）</translation>
  </message>
  <message>
   <source>{n} staging clusters are {health}</source>
   <translation>{n} 个预发集群（{health}）</translation>
  </message>
  <message>
   <source>{n} standbys follow within {limit}, and no commit waits for them</source>
   <translation>{n} 个备库在 {limit} 之内跟随，提交不等待它们</translation>
  </message>
  <message>
   <source>{n}/s</source>
   <translation>{n}/秒</translation>
  </message>
  <message>
   <source>{observed} of {limit} wanted nodes hold the ledger as it is now</source>
   <translation>期望的 {limit} 个节点中 {observed} 个持有账本现状</translation>
  </message>
  <message>
   <source>{primary} to {candidate}</source>
   <translation>{primary} 到 {candidate}</translation>
  </message>
  <message>
   <source>{subject} can't be the name of an approver</source>
   <translation>{subject} 不能作为批准者的名称</translation>
  </message>
  <message>
   <source>{subject} can't be written</source>
   <translation>{subject} 无法写入</translation>
  </message>
  <message>
   <source>{subject} is there already, and nothing is written over</source>
   <translation>{subject} 已存在，不覆盖任何内容</translation>
  </message>
  <message>
   <source>{subject} makes no sense as it stands</source>
   <translation>{subject} 按现有内容无法理解</translation>
  </message>
  <message>
   <source>{subject} offers another host key than the one shown</source>
   <translation>{subject} 出示的主机密钥与所显示的不同</translation>
  </message>
  <message>
   <source>{subject} offers no host key now</source>
   <translation>{subject} 现在不出示主机密钥</translation>
  </message>
  <message>
   <source>{subject} stands in one line with others</source>
   <translation>{subject} 与其他项在同一行</translation>
  </message>
  <message>
   <source>{subject} took longer than its limit</source>
   <translation>{subject} 用时超过其限值</translation>
  </message>
  <message>
   <source>{subject} was not found</source>
   <translation>未找到 {subject}</translation>
  </message>
  <message>
   <source>{s} s</source>
   <translation>{s} 秒</translation>
  </message>
  <message>
   <source>{text}. Nothing was changed.</source>
   <translation>{text}。未做任何改动。</translation>
  </message>
  <message>
   <source>{way}, {basis}</source>
   <translation>{way}，{basis}</translation>
  </message>
  <message>
   <source>{way}, {basis}, {age}</source>
   <translation>{way}，{basis}，{age}</translation>
  </message>
  <message>
   <source>{weekday} {day} {month} {year}, {clock} UTC</source>
   <translation>{year} 年 {month} {day} 日（{weekday}）{clock} UTC</translation>
  </message>
 </context>
</TS>
