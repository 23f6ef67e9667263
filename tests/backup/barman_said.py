"""What a real Barman 3.19.1 and the files of its server have answered, recorded on a lab with PostgreSQL 18.6."""

LOOKED = """\
program 3.19.1 Barman by EnterpriseDB (www.enterprisedb.com) /usr/bin/barman
program 3.4.0 Barman by EnterpriseDB (www.enterprisedb.com) /opt/barman/bin/barman
file /etc/barman.conf
config [barman]
config barman_home = /srv/barman
config configuration_files_directory = /etc/barman.d
config [lab]
config backup_method = postgres
config streaming_archiver = on
rsync /usr/bin/rsync
postgres 18 /usr/lib/postgresql/18/bin
postgres 15 /usr/lib/postgresql/15/bin
"""

FULL = """\
backup_label='START WAL LOCATION: 0/F000028 (file 00000001000000000000000F)\\nCHECKPOINT LOCATION: 0/F000080\\n'
backup_name=full-a1
begin_offset=40
begin_time=2026-11-27 09:58:21.574083+00:00
begin_wal=00000001000000000000000F
begin_xlog=0/F000028
children_backup_ids=20261127T095826,20261127T095828
cluster_size=23347473
compression=None
data_checksums=on
deduplicated_size=23184609
encryption=None
end_time=2026-11-27 09:58:24.248919+00:00
end_xlog=0/10000000
error=None
mode=postgres
parent_backup_id=None
server_name=lab
size=23184609
status=DONE
systemid=7712785289602774762
tablespaces=None
timeline=1
version=180006
xlog_segment_size=16777216
"""

INCREMENTAL = """\
backup_name=incremental-a2
begin_time=2026-11-27 09:58:26.010736+00:00
begin_xlog=0/11000028
cluster_size=30621969
compression=None
deduplicated_size=10624398
encryption=None
end_time=2026-11-27 09:58:27.231505+00:00
end_xlog=0/12000000
mode=postgres
parent_backup_id=20261127T095821
size=10624398
status=DONE
systemid=7712785289602774762
tablespaces=None
timeline=1
version=180006
xlog_segment_size=16777216
"""

KILLED = """\
backup_label=None
backup_name=killed
begin_time=2026-11-27 10:51:11.560250+00:00
begin_xlog=0/13000028
cluster_size=23347473
deduplicated_size=None
end_time=None
end_xlog=None
mode=postgres
parent_backup_id=None
size=None
status=STARTED
systemid=7712785289602774762
timeline=1
version=180006
xlog_segment_size=16777216
"""

SHELF = """\
zone +0000
machine 3d1219c7c4c5404aaa1f6d2a48adfda4
system 7712785289602774762
info 20261127T095821 there
{full}
info 20261127T095826 there
{incremental}
info 20261127T105111 there
{killed}
kept 20261127T095821
kept 20261127T095826
kept 20261127T105111
space 264212084 78144988
wal lab-xlog.db 480 1795773509.7757959070
wal 000000010000000000000011 16544 1795773547.4866387160
wal 00000001000000000000000F 16542 1795773502.2677962580
wal 000000010000000000000010 2681140 1795773506.0197960830
wal 000000010000000000000012.partial 16777216 1795773902.7957775010
partial 000000010000000000000012 0/1277F638
"""


def shelf(full: str = FULL, incremental: str = INCREMENTAL, killed: str = KILLED, more: str = "") -> bytes:
    """The answer about a whole server."""
    parts = {"full": full, "incremental": incremental, "killed": killed}
    lined = {name: "\n".join(f"| {line}" for line in text.splitlines()) for name, text in parts.items()}
    return (SHELF.format(**lined) + more).encode()


LISTED = (
    '{"lab": [{"backup_id": "20261127T095826", "backup_name": "j2", "backup_type": "incremental", "end_time": '
    '"Fri Nov 27 09:48:19 2026", "end_time_timestamp": "1795772899", "retention_status": "-", "size": "3.3 MiB", '
    '"size_bytes": 3439833, "status": "DONE", "wal_size": "0 B", "wal_size_bytes": 0}, {"backup_id": '
    '"20261127T095821", "backup_type": "full", "retention_status": "OBSOLETE", "size_bytes": 23135471, "status": '
    '"DONE", "wal_size_bytes": 75026}]}'
)

CHECKED = (
    '{"lab": {"archiver_errors": {"hint": "", "status": "OK"}, "receive_wal_running": {"hint": "See the Barman log '
    'file for more details", "status": "FAILED"}, "wal_archive": {"hint": "please make sure WAL shipping is setup", '
    '"status": "FAILED"}, "wal_level": {"hint": "", "status": "OK"}}}'
)

VERIFIED = """\
verify 20261127T095821
manifest 969 969
said Verifying backup '20261127T095821' on server ['lab']
said Calling pg_verifybackup
said backup successfully verified
auto fine
verified 20261127T095821
verify 20261127T095826
manifest 971 971
said Verifying backup '20261127T095826' on server ['lab']
said Calling pg_verifybackup
said backup successfully verified
auto fine
verified 20261127T095826
wal-end 1 0/14000090
wal-read 3
"""
