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
from torch.nn import functional

LABELS = 10
STRENGTH = 5.0
LEARNING_RATE = 0.001
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


class Layer(torch.nn.Linear):
    """Learns by itself to have a large sum of squares for positives only."""

    def __init__(self, inputs, units):
        super().__init__(inputs, units)
        self.optimiser = torch.optim.Adam(self.parameters(), lr=LEARNING_RATE)

    def learn(self, rows, signs):
        direction = rows * torch.rsqrt(rows.square().mean(1, keepdim=True) + 1e-8)
        activity = functional.relu(self(direction))
        goodness = activity.square().sum(1)
        loss = functional.softplus(signs * (self.out_features - goodness)).mean()
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.optimiser.step()
        return activity.detach()


def embed(images, labels):
    rows = images.clone()
    rows[:, :LABELS] = STRENGTH * functional.one_hot(labels, LABELS)
    return rows


class Training:
    def __init__(self, sizes, batch, images, labels):
        self.layers = [Layer(*pair) for pair in zip([images.shape[1], *sizes], sizes)]
        self.batch, self.images, self.labels = batch, images, labels
        self.signs = torch.cat([torch.ones(batch), -torch.ones(batch)])
        self.order = torch.empty(0, dtype=torch.long)

    def step(self):
        if len(self.order) < self.batch:
            self.order = torch.randperm(len(self.images))
        chosen, self.order = self.order[: self.batch], self.order[self.batch :]
        images, labels = self.images[chosen], self.labels[chosen]
        wrong = (labels + torch.randint(1, LABELS, labels.shape)) % LABELS
        rows = torch.cat([embed(images, labels), embed(images, wrong)])
        for layer in self.layers:
            rows = layer.learn(rows, self.signs)


class Bench:
    def __init__(self):
        self.images = read_idx("train-images-idx3-ubyte.gz", 16).view(-1, 784).float() / 255
        self.labels = read_idx("train-labels-idx1-ubyte.gz", 8).long()
        self.shape = self.training = None

    def measure(self, request):
        if request["measure"] == "machine":
            return {"version": torch.__version__, "blas": blas_core()}
        if request["measure"] != "train":
            raise ValueError(f"measure: expected machine or train, got {request['measure']}.")
        return self.train(**{name: value for name, value in request.items() if name != "measure"})

    def train(self, layers, batch, threads, seconds):
        torch.set_num_threads(threads)
        if self.shape != (layers, batch):
            self.shape = (layers, batch)
            self.training = Training(layers, batch, self.images, self.labels)
        self.steps(WARM_UP * seconds)
        steps, time_taken = self.steps(seconds)
        return {"images_per_second": steps * batch / time_taken, "steps": steps}

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
