# SPDX-License-Identifier: GPL-3.0-or-later
"""A Debian with nothing but its essential packages, apt and systemd, in a folder. It runs as a machine of its own: its own systemd, other processes, other
mounts, and no network but its loopback. Needs root, as nothing less may mount."""
import os
import pathlib
import shutil
import signal
import subprocess
import time

WITHOUT = "-sys_module,-sys_time,-sys_rawio,-sys_boot,-syslog,-wake_alarm"  # nothing of it may reach the machine below
SMALL = {"artdag": 1, "title": "Small", "canvas": {"width": 320, "height": 180, "rate": [30, 1], "sampleRate": 48000, "duration": 0.5},
         "nodes": {"picture": {"effect": "noise"}}, "outputs": {"main": {"picture": "picture", "encode": "share-h264"}}}
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def sources():
    """Debian's own lines of this machine's configured sources, and no others."""
    form = "$(CREATED_BY)\t$(REPO_URI)\t$(RELEASE)\t$(COMPONENT)"
    said = subprocess.run(["apt-get", "indextargets", "--format", form, "Origin: Debian"], check=True, capture_output=True, text=True).stdout
    lines = []
    for line in said.splitlines():
        kind, where, release, component = line.split("\t")
        if kind == "Packages":
            lines.append(f"deb {where} {release} {component}")
    if not lines:
        raise SystemExit("apt knows no source whose origin is Debian: run apt-get update, or configure one")
    return sorted(set(lines)), sorted({line.split()[-2] for line in lines}, key=len)[0]


def base(folder):
    """The clean system as an archive. It is kept for a week, as it changes with point releases only."""
    archive = folder / "base.tar"
    if archive.exists() and archive.stat().st_mtime > time.time() - 7 * 86400:
        return archive
    lines, release = sources()
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / "fresh.tar"
    subprocess.run(["mmdebstrap", "--quiet", "--mode=root", "--variant=minbase", "--include=systemd", release, fresh, *lines], check=True)
    fresh.rename(archive)
    return archive


def group_of_its_own():
    """A control group below this process's, in which the machine's systemd makes its own."""
    mounts = [line.split() for line in pathlib.Path("/proc/self/mounts").read_text().splitlines()]
    top = next((pathlib.Path(words[1]) for words in mounts if words[2] == "cgroup2"), None)
    if top is None:
        raise SystemExit("the clean root's systemd needs control groups of version 2, which are not mounted here")
    group = top / f"artdag-test-{os.getpid()}"
    group.mkdir()
    return group


class CleanRoot:
    """One such system, unpacked into FOLDER/root; `close` ends its processes and removes it."""

    def __init__(self, folder):
        if os.geteuid() != 0:
            raise SystemExit("packages are installed in a root of their own, which only root can make: sudo ./run test package")
        self.path = folder / "root"
        self.machine = None
        if self.path.exists():
            self._remove()
        self.path.mkdir(parents=True)
        subprocess.run(["tar", "--extract", "--numeric-owner", "--xattrs", "--xattrs-include=*", "--directory", self.path, "--file", base(folder)], check=True)
        (self.path / "etc/apt/apt.conf.d/keep").write_text('APT::Keep-Downloaded-Packages "true";\n')
        (self.path / "etc/dpkg/dpkg.cfg.d/quick").write_text("force-unsafe-io\n")  # nothing here must outlive a power cut
        shutil.copy("/etc/resolv.conf", self.path / "etc/resolv.conf")
        kept = folder / "archives"  # so that the next test need not fetch them again
        (kept / "partial").mkdir(parents=True, exist_ok=True)
        (self.path / "packages").mkdir()
        prepare = f"""ip link set lo up
            mount --bind {self.path} {self.path}
            cd {self.path}
            mount -t proc proc proc
            for kernel in proc/sys proc/sysrq-trigger; do test ! -e $kernel || {{ mount --bind $kernel $kernel && mount -o remount,bind,ro $kernel; }}; done
            mount -t sysfs -o ro sysfs sys
            mount --bind dev dev
            mount -t cgroup2 cgroup2 sys/fs/cgroup
            mount -t tmpfs tmpfs dev/shm
            mount -t tmpfs tmpfs run
            mount --bind {kept} var/cache/apt/archives
            mkdir -p /tmp/.X11-unix tmp/.X11-unix
            mount --bind /tmp/.X11-unix tmp/.X11-unix
            exec env -i PATH={PATH} container=test setpriv --bounding-set {WITHOUT} chroot . /lib/systemd/systemd --log-target=null"""
        self.group = group_of_its_own()
        join = f'echo $$ >{self.group}/cgroup.procs; exec unshare --cgroup --net --mount --pid --ipc --uts --fork --kill-child sh -ec "$1"'
        self.machine = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", "sh", "-ec", join, "sh", prepare], stdin=subprocess.DEVNULL)
        try:
            self.first = self._first_process()
        except BaseException:
            self.close()
            raise

    def _first_process(self):
        """The number of the machine's systemd, once it has started what it starts."""
        children = pathlib.Path(f"/proc/{self.machine.pid}/task/{self.machine.pid}/children")
        for _ in range(1200):
            if self.machine.poll() is not None:
                raise SystemExit("no clean root can be made here: namespaces or mounts are refused")
            child = children.read_text().split()
            if child and pathlib.Path(f"/proc/{child[0]}/comm").read_text() == "systemd\n":
                self.first = child[0]
                if self.run("systemctl", "is-system-running", code=None).stdout.strip() in ("running", "degraded"):
                    return child[0]
            time.sleep(0.05)
        raise SystemExit("the clean root did not come up: " + self.run("systemctl", "list-jobs", code=None).stdout)

    def command(self, words, user="root", network="own", env=None):
        """The words of a command as this machine runs it; network: `own`, which has a loopback only, or `outside`."""
        home = "/root" if user == "root" else f"/home/{user}"
        places = ["--mount", "--pid", "--ipc", "--uts", *(["--net"] if network == "own" else [])]
        enter = ["nsenter", "--target", self.first, *places, "--root", "--wd"]
        become = [] if user == "root" else ["setpriv", "--reuid", user, "--regid", user, "--init-groups"]
        given = {"PATH": PATH, "HOME": home, "LANG": "C.UTF-8"} | (env or {})
        return [*enter, "env", "-i", *(f"{name}={value}" for name, value in given.items()), *become, *map(str, words)]

    def start(self, *words, user="root", env=None, **options):
        return subprocess.Popen(self.command(words, user, "own", env), **options)

    def run(self, *words, user="root", env=None, network="own", code=0, cwd=None):
        """What it says; an error when it ends with another code."""
        words = ["sh", "-c", f'cd {cwd} && exec "$@"', "sh", *words] if cwd else words
        done = subprocess.run(self.command(words, user, network, env), capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=1800)
        if code is not None and done.returncode != code:
            raise AssertionError(f"{' '.join(map(str, words))} ended with {done.returncode}, not {code}:\n{done.stdout}{done.stderr}")
        return done

    def end(self, process):
        """Ends what `start` began as a service manager does; its code."""
        started = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split() if process.poll() is None else []
        for number in started:
            os.kill(int(number), signal.SIGTERM)
        return process.wait(timeout=60)

    def ask(self, url, *options):
        """(status, text) that this machine's loopback answers; status 0 when nobody does."""
        words = ["nsenter", "--target", self.first, "--net", "curl", "--silent", "--max-time", "30", "--write-out", "\n%{http_code}", *options, url]
        text, _, status = subprocess.run(words, capture_output=True, text=True).stdout.rpartition("\n")
        return int(status or 0), text

    def apt(self, *words):
        """apt-get with Debian's sources outside, and nothing but what is depended on."""
        return self.run("apt-get", "--quiet", "--yes", "-o", "APT::Install-Recommends=false", *words, network="outside", env={"DEBIAN_FRONTEND": "noninteractive"})

    def bring(self, files):
        """Files put into the machine's /packages; the paths there."""
        for file in files:
            shutil.copy(file, self.path / "packages")
        return [f"/packages/{file.name}" for file in files]

    def close(self):
        if self.machine is not None:
            self.machine.kill()
            self.machine.wait()
            for group in sorted([self.group, *(path for path in self.group.rglob("*") if path.is_dir())], reverse=True):
                self._leave(group)
        self._remove()

    def _leave(self, group):
        """Control groups go when their last process has gone."""
        for _ in range(200):
            try:
                return group.rmdir()
            except OSError:
                time.sleep(0.05)

    def _remove(self):
        subprocess.run(["rm", "-rf", "--one-file-system", self.path], check=True)
