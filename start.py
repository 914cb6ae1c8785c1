#!/usr/bin/env python3
"""Set up and start LandSteward.

    python3 start.py                     the window (without a display: a tour in pictures)
    python3 start.py test                every check that CI runs
    python3 start.py lock [--upgrade]    requirements.lock anew from pyproject.toml
    python3 start.py COMMAND ...         what `landsteward COMMAND ...` takes

Standard library only. Down to the version check an old Python must be able to read and run this
file, and to the end it must be able to parse it: no syntax younger than Python 3.6.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "土地管家需要 Python 3.11 或更新的版本，现在用的是 {v}（{exe}）。\n"
        "请安装后重试，例如 Ubuntu：sudo apt install python3.11 python3.11-venv，"
        "再运行 python3.11 start.py；Windows：从 python.org 安装。\n"
        "LandSteward needs Python 3.11 or newer; this is {v} ({exe}).\n"
        "Install one and try again, on Ubuntu for instance: "
        "sudo apt install python3.11 python3.11-venv, then python3.11 start.py; "
        "on Windows: from python.org.".format(
            v=".".join(str(part) for part in sys.version_info[:3]), exe=sys.executable
        )
    )

import ctypes
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ON_WINDOWS = os.name == "nt"
REFUSED = 2

# What Qt loads from the system (read with ldd from the wheels): pairs of file and Debian package.
ALWAYS_NEEDED = """
    libEGL.so.1 libegl1  libGL.so.1 libgl1  libX11.so.6 libx11-6  libdbus-1.so.3 libdbus-1-3
    libfontconfig.so.1 libfontconfig1  libgssapi_krb5.so.2 libgssapi-krb5-2
    libgthread-2.0.so.0 libglib2.0-0  libxkbcommon.so.0 libxkbcommon0
"""
NEEDED_ON_A_SCREEN = """
    libX11-xcb.so.1 libx11-xcb1  libxcb-cursor.so.0 libxcb-cursor0  libxcb-glx.so.0 libxcb-glx0
    libxcb-icccm.so.4 libxcb-icccm4  libxcb-image.so.0 libxcb-image0
    libxcb-keysyms.so.1 libxcb-keysyms1  libxcb-randr.so.0 libxcb-randr0
    libxcb-render-util.so.0 libxcb-render-util0  libxcb-shape.so.0 libxcb-shape0
    libxcb-sync.so.1 libxcb-sync1  libxcb-xfixes.so.0 libxcb-xfixes0
    libxcb-xkb.so.1 libxcb-xkb1  libxkbcommon-x11.so.0 libxkbcommon-x11-0
"""
NEEDED_ON_WAYLAND = "libwayland-cursor.so.0 libwayland-cursor0"

# Run inside .venv. The quick probe only looks for the packages; the full one loads them.
PACKAGES = (
    "PySide6 shiboken6 click filelock msgspec pandas PIL pypinyin python_calamine qtawesome "
    "reportlab sqlcipher3 sqlite_utils stdnum xlsxwriter landsteward ui db"
)
QUICK_PROBE = """
import importlib.util, platform, sys
for name in sys.argv[1].split():
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        sys.exit(name)
print(platform.python_version())
"""
FULL_PROBE = """
import importlib, sys
for name in sys.argv[1].split() + ["PySide6.QtWidgets", "PySide6.QtPdf"]:
    importlib.import_module(name)
"""


class SetupError(Exception):
    """What keeps the program from starting, worded for the person in front of it."""


def say(chinese: str, english: str) -> None:
    """A sentence in both languages on stderr, whatever characters the terminal knows."""
    encoding = sys.stderr.encoding or "ascii"
    text = f"{chinese}\n{english}\n".encode(encoding, "backslashreplace").decode(encoding)
    sys.stderr.write(text)
    sys.stderr.flush()


def clean_environment(environment: Mapping[str, str]) -> "dict[str, str]":
    """The environment for everything in .venv: other Pythons' packages stay out of it."""
    foreign = ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX")
    return {name: value for name, value in environment.items() if name not in foreign}


def has_display(environment: Mapping[str, str], system: str) -> bool:
    """Whether a window can be shown; only Linux knows machines without a screen."""
    if not system.startswith("linux"):
        return True
    chosen = environment.get("QT_QPA_PLATFORM", "").split(":")[0]
    if chosen:
        return chosen not in ("offscreen", "minimal")
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def can_load(library: str) -> bool:
    """Whether the system's loader finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_libraries(environment: Mapping[str, str]) -> "dict[str, str]":
    """The shared libraries Qt will not find here, each with its Debian package."""
    needed = ALWAYS_NEEDED.split()
    if has_display(environment, "linux"):
        needed += NEEDED_ON_A_SCREEN.split()
    if environment.get("WAYLAND_DISPLAY"):
        needed += NEEDED_ON_WAYLAND.split()
    pairs = zip(needed[::2], needed[1::2], strict=True)
    return {library: package for library, package in pairs if not can_load(library)}


def administrator_prefix() -> "list[str] | None":
    """What to put before a command to run it as administrator; None where that needs a password."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    asked = subprocess.run([sudo, "-n", "true"], capture_output=True, check=False)
    return [sudo, "-n"] if asked.returncode == 0 else None


def install_packages(packages: Sequence[str], reason: str) -> None:
    """Install Debian packages, or raise SetupError with the command that does it."""
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    by_hand = "    sudo apt-get update\n    sudo " + " ".join(install)
    refusal = SetupError(
        f"缺少系统组件：{reason}。请运行以下命令后重试：\n{by_hand}",
        f"System packages are missing: {reason}. Run the two commands above and try again.",
    )
    if shutil.which("apt-get") is None:
        raise SetupError(
            f"缺少系统组件：{reason}。请用本系统的软件包管理器安装后重试。",
            f"System packages are missing: {reason}. Install them with this system's package "
            "manager and try again.",
        )
    prefix = administrator_prefix()
    if prefix is None:
        raise refusal
    say(f"正在安装系统组件：{' '.join(packages)}", "Installing these system packages.")
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    subprocess.run([*quiet, "apt-get", "update", "-q"], stdout=sys.stderr, check=False)
    if subprocess.run([*quiet, *install], stdout=sys.stderr, check=False).returncode != 0:
        raise refusal


def ensure_system_libraries(environment: Mapping[str, str]) -> None:
    """See to it that Qt finds what it needs on this Linux; elsewhere its wheels bring it along."""
    missing = missing_libraries(environment) if sys.platform.startswith("linux") else {}
    if not missing:
        return
    install_packages(sorted(set(missing.values())), ", ".join(missing))
    left = missing_libraries(environment)
    if left:
        raise SetupError(
            f"安装后仍找不到：{', '.join(left)}。",
            f"Still not found after the installation: {', '.join(left)}.",
        )


def try_to_lock(descriptor: int) -> bool:
    """Lock an open file for this process if nobody else holds it; a killed one holds nothing."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def only_one(lock_file: Path) -> Iterator[None]:
    """Wait for any other start.py that is setting up this folder."""
    with lock_file.open("a") as handle:
        if not try_to_lock(handle.fileno()):
            say("另一个程序正在准备运行环境，请稍候。", "Another start.py is at work: waiting.")
            while not try_to_lock(handle.fileno()):
                time.sleep(0.2)
        yield


class Environment:
    """The `.venv` of one folder of LandSteward: what is in it and what should be."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.lock = root / "requirements.lock"
        self.stamp = self.folder / "landsteward.json"
        inside = ("Scripts", "python.exe") if ON_WINDOWS else ("bin", "python")
        self.python = self.folder.joinpath(*inside)
        self.variables = clean_environment(os.environ)

    def expected(self, version: str) -> "dict[str, str]":
        """The stamp of a complete environment with this Python."""
        return {
            "python": version,
            "folder": str(self.folder),
            "lock": hashlib.sha256(self.lock.read_bytes()).hexdigest(),
            "project": hashlib.sha256((self.root / "pyproject.toml").read_bytes()).hexdigest(),
        }

    def recorded(self) -> object:
        """The stamp left by the last complete set-up; None where there is none to be read."""
        try:
            return json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def probe(self) -> "str | None":
        """The version of the environment's Python if it runs and finds every package."""
        command = [str(self.python), "-I", "-c", QUICK_PROBE, PACKAGES]
        try:
            answer = subprocess.run(
                command, env=self.variables, capture_output=True, text=True, check=False
            )
        except OSError:
            return None
        return answer.stdout.strip() if answer.returncode == 0 else None

    def is_ready(self) -> bool:
        """Whether the program can be started as it is. Fast: paid at every start."""
        recorded = self.recorded()
        if recorded is None:
            return False
        version = self.probe()
        return version is not None and recorded == self.expected(version)

    def ensure(self) -> None:
        """Make the environment complete: fill it up where it is sound, else build it anew."""
        if self.is_ready():
            return
        with only_one(self.root / ".venv.lock"):
            if self.is_ready():  # another start.py was here first
                return
            was_complete = self.recorded() is not None
            say(
                "正在准备运行环境 .venv。第一次需要下载约 300 MB，请稍候。",
                "Preparing .venv. The first time this downloads about 300 MB.",
            )
            if not (was_complete and self.fill("--quiet")) and not (self.build() and self.fill()):
                raise SetupError(
                    "运行环境没有装好，原因见上面的输出。常见原因：网络不通（可设置国内镜像，如 "
                    "PIP_INDEX_URL=https://pypi.tuna.tsinghua.edu.cn/simple），磁盘已满，"
                    "或系统太旧（x86-64 需 glibc 2.34，arm64 需 glibc 2.39）。",
                    "The environment could not be completed; the output above says why. Usual "
                    "causes: no network (a mirror can be named in PIP_INDEX_URL), a full disk, or "
                    "a system too old (glibc 2.34 on x86-64, 2.39 on arm64).",
                )

    def build(self) -> bool:
        """An empty environment in place of whatever was there."""
        if importlib.util.find_spec("ensurepip") is None:
            package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
            install_packages([package], package)
        if self.folder.is_symlink() or self.folder.is_file():
            self.folder.unlink()
        elif self.folder.exists():
            shutil.rmtree(self.folder)
        base: str = getattr(sys, "_base_executable", sys.executable)
        return self.call([base, "-m", "venv", str(self.folder)])

    def fill(self, *options: str) -> bool:
        """Install exactly the lock and this project, and write the stamp when all of it loads.

        On what stands already this takes seconds and no network; a killed one leaves no stamp.
        """
        self.stamp.unlink(missing_ok=True)
        pip = [str(self.python), "-m", "pip", "--no-input", "--disable-pip-version-check"]
        exactly = ["--require-hashes", "--only-binary", ":all:", "-r", str(self.lock)]
        project = ["--no-deps", "--no-build-isolation", "--editable", str(self.root)]
        complete = (
            self.call([*pip, "install", *options, *exactly])
            and self.remove_strays(pip)
            and self.call([*pip, "install", "--quiet", *project])
            and self.spell_in_ascii()
            and self.call([str(self.python), "-I", "-c", FULL_PROBE, PACKAGES])
        )
        version = self.probe() if complete else None
        if version is None:
            return False
        unfinished = self.stamp.with_suffix(".new")
        unfinished.write_text(json.dumps(self.expected(version)), encoding="utf-8")
        os.replace(unfinished, self.stamp)
        return True

    def spell_in_ascii(self) -> bool:
        """Name the project's folder to the environment in plain ASCII.

        Python reads .pth files in the locale's encoding, and one that does not know the Chinese
        of a folder's name (LC_ALL=C, a foreign Windows) keeps it from starting at all.
        """
        written = list(self.folder.glob("**/site-packages/*landsteward*.pth"))
        for file in written:
            file.write_text(f"import sys; sys.path.append({str(self.root)!a})\n", "ascii")
        return bool(written)

    def remove_strays(self, pip: Sequence[str]) -> bool:
        """Uninstall what an older lock brought and this one does not name."""
        listed = subprocess.run(
            [*pip, "list", "--format=json"], env=self.variables, stdout=subprocess.PIPE, check=False
        )
        if listed.returncode != 0:
            return False
        locked = locked_names(self.lock.read_text(encoding="utf-8"))
        installed = {normalised(entry["name"]) for entry in json.loads(listed.stdout)}
        strays = sorted(installed - locked - {"landsteward", "pip", "setuptools"})
        return not strays or self.call([*pip, "uninstall", "--yes", *strays])

    def call(self, command: Sequence[str]) -> bool:
        """Run one step of the set-up; its output goes to stderr, stdout is the program's."""
        try:
            done = subprocess.run(command, env=self.variables, stdout=sys.stderr, check=False)
        except OSError as error:  # the environment's Python is gone or cannot be run
            say(f"无法运行 {command[0]}：{error}", "The command could not be run.")
            return False
        return done.returncode == 0


def normalised(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked_names(lock: str) -> "set[str]":
    """The distributions a lock names."""
    return {normalised(name) for name in re.findall(r"^([A-Za-z0-9][\w.-]*)==", lock, re.MULTILINE)}


def hand_over(command: Sequence[str], variables: Mapping[str, str]) -> int:
    """Become this command where the system can, else wait for it; its exit code."""
    sys.stdout.flush()
    sys.stderr.flush()
    if not ON_WINDOWS:
        os.execve(command[0], list(command), dict(variables))
    process = subprocess.Popen(command, env=variables)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the program got it too and decides when to end
            continue


def main(arguments: Sequence[str]) -> int:
    """Set up what is missing, then do what was asked; the exit code."""
    environment = Environment(ROOT)
    ensure_system_libraries(environment.variables)
    environment.ensure()
    python, variables = str(environment.python), dict(environment.variables)
    if arguments[:1] in (["test"], ["lock"]):
        os.chdir(ROOT)
        return hand_over([python, "-m", f"tools.{arguments[0]}", *arguments[1:]], variables)
    if not has_display(variables, sys.platform):
        variables["QT_QPA_PLATFORM"] = "offscreen"
        if not arguments:
            say("没有显示器：改为在 ./tour/ 演示全程。", "No display: writing a tour to ./tour/.")
            arguments = ["tour", "--output", "./tour/"]
    # -P keeps the folder a person stands in off the module search path: it may hold a `db` or `ui`.
    return hand_over([python, "-P", "-m", "landsteward", *arguments], variables)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except SetupError as error:
        say(*error.args)
        sys.exit(REFUSED)
    except OSError as error:
        say(
            f"无法准备运行环境：{error}。请关闭正在运行的土地管家，检查磁盘空间和文件夹权限后重试。",
            "Setting up failed. Close LandSteward where it is running, check disk space and the "
            "folder's permissions, and try again.",
        )
        sys.exit(REFUSED)
    except KeyboardInterrupt:
        say("已中断。", "Interrupted.")
        sys.exit(130)
