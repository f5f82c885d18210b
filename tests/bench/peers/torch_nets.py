"""Nets as a user of PyTorch would write them: what ../program trains by the core."""

import math

import torch
from torch.nn import functional

LABELS = 10
SIDE = 28
PIXELS = SIDE * SIDE
STRENGTH = 5.0
LEARNING_RATE = 0.001


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
        step(self.optimiser, loss)
        return activity.detach()


def embed(images, labels):
    rows = images.clone()
    rows[:, :LABELS] = STRENGTH * functional.one_hot(labels, LABELS)
    return rows


class Pairs:
    """A positive and a negative of every image; layers by their numbers of units."""

    def __init__(self, sizes, batch):
        self.layers = [Layer(*pair) for pair in zip([PIXELS, *sizes], sizes)]
        self.signs = torch.cat([torch.ones(batch), -torch.ones(batch)])

    def learn(self, images, labels):
        wrong = (labels + torch.randint(1, LABELS, labels.shape)) % LABELS
        rows = torch.cat([embed(images, labels), embed(images, wrong)])
        for layer in self.layers:
            rows = layer.learn(rows, self.signs)


class Judged(torch.nn.Module):
    """A layer that has a goodness for every class, by a projection it learns.

    As the core names it: a number of units, or conv 3x3xCHANNELS padding 1 mean 2. `below`: the shape
    of what it sees.
    """

    def __init__(self, text, below):
        super().__init__()
        if isinstance(text, int):
            self.shape = (text,)
            weigh = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(math.prod(below), text))
            pool, norm = torch.nn.Identity(), torch.nn.BatchNorm1d(text, affine=False)
        else:
            kind, form, *rest = text.split()
            if (kind, rest) != ("conv", ["padding", "1", "mean", "2"]):
                raise ValueError(f"layers: expected padding 1 and mean 2, got {text}.")
            channels = int(form.split("x")[-1])
            self.shape = (channels, below[1] // 2, below[2] // 2)
            weigh = torch.nn.Conv2d(below[0], channels, 3, padding=1)
            pool, norm = torch.nn.AvgPool2d(2), torch.nn.BatchNorm2d(channels, affine=False)
        self.passing_on = torch.nn.Sequential(weigh, torch.nn.ReLU(), pool, norm)
        self.projection = torch.nn.Linear(math.prod(self.shape), LABELS, bias=False)

    def forward(self, rows):
        passed = self.passing_on(rows)
        return passed, self.projection(passed.flatten(1))


def judged_layers(texts):
    layers = []
    for text in texts:
        layers.append(Judged(text, layers[-1].shape if layers else (1, SIDE, SIDE)))
    return layers


def adam(layers, rate, projection_rate):
    """One optimiser, which steps along the gradients that these layers have."""
    filters = [value for layer in layers for value in layer.passing_on.parameters()]
    projections = [value for layer in layers for value in layer.projection.parameters()]
    return torch.optim.Adam(
        [{"params": filters, "lr": rate}, {"params": projections, "lr": projection_rate}]
    )


class Classes:
    """A goodness for every class of each image; each layer learns by itself."""

    def __init__(self, texts, rate=LEARNING_RATE, projection_rate=LEARNING_RATE):
        self.layers = judged_layers(texts)
        self.optimisers = [adam([layer], rate, projection_rate) for layer in self.layers]

    def learn(self, images, labels):
        rows = images.view(-1, 1, SIDE, SIDE)
        for layer, optimiser in zip(self.layers, self.optimisers):
            rows, goodness = layer(rows.detach())
            step(optimiser, functional.cross_entropy(goodness, labels))

    def train(self, learns):
        for layer in self.layers:
            layer.train(learns)

    def classify(self, images, first_counted_layer):
        """The class of the largest goodness, as probabilities multiplied over layers from 1."""
        self.train(False)
        found = []
        with torch.no_grad():
            for rows in images.view(-1, 1, SIDE, SIDE).split(500):
                total = 0
                for index, layer in enumerate(self.layers):
                    rows, goodness = layer(rows)
                    if index + 1 >= first_counted_layer:
                        total = total + functional.log_softmax(goodness, 1)
                found.append(total.argmax(1))
        return torch.cat(found)


class Backprop(Classes):
    """The same net with one loss, of its last layer."""

    def __init__(self, texts, rate, projection_rate):
        super().__init__(texts)
        self.optimisers = [adam(self.layers, rate, projection_rate)]

    def learn(self, images, labels):
        rows = images.view(-1, 1, SIDE, SIDE)
        for layer in self.layers:
            rows = layer.passing_on(rows)
        goodness = self.layers[-1].projection(rows.flatten(1))
        step(self.optimisers[0], functional.cross_entropy(goodness, labels))

    def classify(self, images, _):
        return super().classify(images, len(self.layers))


def step(optimiser, loss):
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    optimiser.step()


def learn(config, images, labels):
    """The net that a whole run by the core's config comes to; by backprop if its span says so."""
    layers, batch = config["layers"], config["batch"]
    kind = Backprop if config.get("span", 1) == len(layers) > 1 else Classes
    net = kind(layers, config["learning_rate"], config["softmax_rate"])
    training = Training(net, batch, images, labels, config.get("shift", 0))
    steps = config["epochs"] * (len(images) // batch)
    waves = [
        torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
        for optimiser in net.optimisers
    ]
    for _ in range(steps):
        training.step()
        for wave in waves:
            wave.step()
    return net


class Training:
    def __init__(self, net, batch, images, labels, shift=0):
        self.net, self.batch, self.images, self.labels = net, batch, images, labels
        self.shift = shift
        self.order = torch.empty(0, dtype=torch.long)

    def step(self):
        if len(self.order) < self.batch:
            self.order = torch.randperm(len(self.images))
        chosen, self.order = self.order[: self.batch], self.order[self.batch :]
        self.net.learn(moved(self.images[chosen], self.shift), self.labels[chosen])


def moved(images, most):
    """A minibatch by so many pixels at most each way, all its images alike."""
    if most == 0:
        return images
    down, right = torch.randint(0, 2 * most + 1, (2,)).tolist()
    wide = functional.pad(images.view(-1, SIDE, SIDE), [most] * 4)
    return wide[:, down : down + SIDE, right : right + SIDE].reshape(-1, PIXELS)
