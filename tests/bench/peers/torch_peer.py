"""Forward-forward as a user of PyTorch would write it: what Training of ../program measures.

A request a line on standard input, its answer as a line on standard output.
"""

import ctypes
import glob
import gzip
import json
import os
import sys
import time

import numpy
import torch
import torch_nets

WARM_UP = 0.25  # of the time to measure


def blas_core():
    """The processor whose kernels OpenBLAS has chosen; None with another BLAS."""
    try:
        name = ctypes.CDLL("libopenblas.so.0").openblas_get_corename
    except (OSError, AttributeError):
        return None
    name.restype = ctypes.c_char_p
    return name().decode()


def ensure_quick_blas():
    """Starts anew if the environment has made PyTorch slow.

    Threads of OpenBLAS's own get in the way of PyTorch's unless both are OpenMP's, and an OpenBLAS
    older than the processor takes it for one of 2004.
    """
    environment = dict(os.environ)
    for folder in glob.glob("/usr/lib/*/openblas-openmp"):
        environment.setdefault("LD_LIBRARY_PATH", folder)
    if blas_core() == "Prescott":
        with open("/proc/cpuinfo") as file:
            newest = "SkylakeX" if "avx512f" in file.read() else "Haswell"
        environment.setdefault("OPENBLAS_CORETYPE", newest)
    if environment != os.environ:
        os.execve(sys.executable, [sys.executable, *sys.argv], environment)


def read_idx(name, header):
    path = os.path.join(os.environ["FF_DATA"], "mnist", name)
    with gzip.open(path) as file:
        return torch.from_numpy(numpy.frombuffer(file.read()[header:], numpy.uint8).copy())


def read_set(name):
    images = read_idx(f"{name}-images-idx3-ubyte.gz", 16).view(-1, torch_nets.PIXELS).float() / 255
    return images, read_idx(f"{name}-labels-idx1-ubyte.gz", 8).long()


class Bench:
    def __init__(self):
        self.images, self.labels = read_set("train")
        self.shape = self.training = None

    def measure(self, request):
        if request["measure"] == "machine":
            return {"version": torch.__version__, "blas": blas_core()}
        kinds = {"train": self.train, "race": self.race}
        if request["measure"] not in kinds:
            raise ValueError(f"measure: expected machine, train or race, got {request['measure']}.")
        rest = {name: value for name, value in request.items() if name != "measure"}
        return kinds[request["measure"]](**rest)

    def train(self, layers, batch, threads, seconds, rule=None):
        torch.set_num_threads(threads)
        if self.shape != (layers, batch):
            self.shape = (layers, batch)
            pairs = rule is None
            net = torch_nets.Pairs(layers, batch) if pairs else torch_nets.Classes(layers)
            self.training = torch_nets.Training(net, batch, self.images, self.labels)
        self.steps(WARM_UP * seconds)
        steps, time_taken = self.steps(seconds)
        return {"images_per_second": steps * batch / time_taken, "steps": steps}

    def race(self, config, threads):
        """A whole run by the core's config: how long its steps took, and what it comes to."""
        torch.set_num_threads(threads)
        torch.manual_seed(1)
        count = config.get("train_images", len(self.images))
        start = time.perf_counter()
        net = torch_nets.learn(config, self.images[:count], self.labels[:count])
        seconds = time.perf_counter() - start
        images, labels = read_set("t10k")
        wrong = net.classify(images, config["first_counted_layer"]) != labels
        return {"seconds": seconds, "test_error": wrong.float().mean().item()}

    def steps(self, seconds):
        """Steps until the time is over, at least one: how many, and how long they took."""
        start = time.perf_counter()
        steps = 0
        while steps == 0 or time.perf_counter() - start < seconds:
            self.training.step()
            steps += 1
        return steps, time.perf_counter() - start


def main():
    ensure_quick_blas()
    torch.set_flush_denormal(True)  # Adam's moments fade into numbers that are slow to reckon with
    bench = Bench()
    for line in sys.stdin:
        try:
            answer = bench.measure(json.loads(line))
        except Exception as error:  # whatever it is, whoever asked is to know
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
