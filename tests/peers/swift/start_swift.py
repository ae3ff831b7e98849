#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""OpenStack Swift with its S3 interface in one process on free ports of loopback: an independent judge of our signatures.

Prints `ready PORT` when the bucket `artdag` is there, and stops when its standard input is closed. Key `test:tester`, secret
`testing`. Debian: swift-proxy swift-account swift-container swift-object python3-boto3 memcached.
"""
import array
import os
import subprocess
import sys
import tempfile

import eventlet

eventlet.monkey_patch()

from eventlet import wsgi
from swift.common import storage_policy, utils
from swift.common.ring import RingData
from swift.common import wsgi as swift_wsgi

PIPELINE = "catch_errors gatekeeper cache listing_formats bulk s3api tempauth copy slo dlo versioned_writes symlink proxy-server"


def free_port():
    sock = eventlet.listen(("127.0.0.1", 0))
    return sock, sock.getsockname()[1]


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def ring(folder, name, port):
    device = {"id": 0, "zone": 0, "region": 1, "device": "sda1", "ip": "127.0.0.1", "port": port,
              "replication_ip": "127.0.0.1", "replication_port": port, "weight": 1.0, "meta": ""}
    RingData([array.array("H", [0])], [device], 32).save(os.path.join(folder, name + ".ring.gz"))


class Silent:
    def write(self, *_):
        pass

    def flush(self):
        pass


def server_conf(folder, kind):
    path = os.path.join(folder, kind + "-server.conf")
    write(path, f"""[DEFAULT]
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
bind_ip = 127.0.0.1
log_level = ERROR
[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
fallocate_reserve = 0
disable_fallocate = true
""")
    return path


def proxy_conf(folder, memcached):
    filters = "".join(f"[filter:{name}]\nuse = egg:swift#{egg}\n{more}\n" for name, egg, more in [
        ("catch_errors", "catch_errors", ""), ("gatekeeper", "gatekeeper", ""), ("listing_formats", "listing_formats", ""),
        ("cache", "memcache", f"memcache_servers = 127.0.0.1:{memcached}"), ("bulk", "bulk", ""),
        ("s3api", "s3api", "location = us-east-1\nallow_multipart_uploads = true"),
        ("tempauth", "tempauth", "user_test_tester = testing .admin"), ("copy", "copy", ""), ("slo", "slo", "rate_limit_after_segment = 1000"),
        ("dlo", "dlo", ""), ("versioned_writes", "versioned_writes", "allow_versioned_writes = true\nallow_object_versioning = true"), ("symlink", "symlink", "")])
    path = os.path.join(folder, "proxy-server.conf")
    write(path, f"""[DEFAULT]
swift_dir = {folder}
bind_ip = 127.0.0.1
log_level = ERROR
[pipeline:main]
pipeline = {PIPELINE}
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
allow_account_management = true
node_timeout = 60
{filters}""")
    return path


def make_bucket(port):
    import boto3
    from botocore.config import Config
    client = boto3.client("s3", endpoint_url=f"http://127.0.0.1:{port}", aws_access_key_id="test:tester", aws_secret_access_key="testing",
                          region_name="us-east-1", config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 0}))
    client.create_bucket(Bucket="artdag")


def main():
    folder = tempfile.mkdtemp(prefix="swift-", dir=sys.argv[1] if len(sys.argv) > 1 else None)
    os.makedirs(os.path.join(folder, "devices", "sda1"))
    write(os.path.join(folder, "swift.conf"), "[swift-hash]\nswift_hash_path_suffix = loopback\n[storage-policy:0]\nname = one\ndefault = yes\n")
    utils.SWIFT_CONF_FILE = os.path.join(folder, "swift.conf")
    storage_policy.SWIFT_CONF_FILE = utils.SWIFT_CONF_FILE
    utils.validate_hash_conf()
    storage_policy.reload_storage_policies()
    sock, memory_port = free_port()
    sock.close()
    # It ends with this process, whatever ends it.
    memcached = subprocess.Popen(["/usr/bin/memcached", "-l", "127.0.0.1", "-p", str(memory_port), "-U", "0", "-u", "nobody", "-m", "16"])
    try:
        for kind in ["account", "container", "object"]:
            sock, port = free_port()
            ring(folder, kind, port)
            app = swift_wsgi.loadapp(server_conf(folder, kind))
            eventlet.spawn(wsgi.server, sock, app, Silent(), protocol=swift_wsgi.SwiftHttpProtocol)
        sock, port = free_port()
        app = swift_wsgi.loadapp(proxy_conf(folder, memory_port))
        eventlet.spawn(wsgi.server, sock, app, Silent(), protocol=swift_wsgi.SwiftHttpProtocol)
        eventlet.tpool.execute(lambda: None)
        make_bucket(port)
        print(f"ready {port}", flush=True)
        eventlet.tpool.execute(os.read, 0, 1)
    finally:
        memcached.terminate()
        memcached.wait()
        subprocess.run(["rm", "-rf", folder], check=False)


main()
