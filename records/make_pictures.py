"""Draw the pictures of the practice record.

Every picture is invented and procedural: the same name always gives the same drawing. Needs Pillow and numpy.

    python records/make_pictures.py [FOLDER] [NAME ...]
"""

import math
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDE = (1600, 1067)
PAGE = (1200, 1600)
OVERSAMPLE = 2
QUALITY = 80

PAPER, SUNK, RULE, INK = "#fbfaf6", "#f3f1e9", "#dedacd", "#181b22"
LAPIS, DEEP, TINT = "#223a7a", "#1a2c5f", "#e9edf7"
PLUM, RUST, OCHRE, GREEN, BLUE = "#66204b", "#b3400e", "#b0821c", "#236f60", "#3a8cc8"
ROSE, ORANGE, GOLD, MINT, SKY = "#c26395", "#f4894b", "#f9da74", "#46c09d", "#a4cbf3"


def rgb(colour):
    if not isinstance(colour, str):
        return tuple(int(c) for c in colour[:3])
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def mix(a, b, share):
    return tuple(round(x + (y - x) * share) for x, y in zip(rgb(a), rgb(b)))


def blend(stops, position):
    """The colour at `position` (0 to 1) of a ramp through evenly spaced stops."""
    place = min(max(position, 0), 1) * (len(stops) - 1)
    index = min(int(place), len(stops) - 2)
    return mix(stops[index], stops[index + 1], place - index)


def gradient(size, stops):
    """A canvas shaded from top to bottom through `stops`, dithered so that print shows no bands."""
    width, height = size
    places = np.linspace(0, len(stops) - 1, height)
    colours = np.array([rgb(stop) for stop in stops], float)
    index = np.minimum(places.astype(int), len(stops) - 2)
    share = (places - index)[:, None]
    column = colours[index] * (1 - share) + colours[index + 1] * share
    dither = np.random.default_rng(1).uniform(-1, 1, (height, width, 1))
    return Image.fromarray(np.clip(column[:, None, :] + dither, 0, 255).astype("uint8"))


def line_noise(rng, count, octaves=6, base=3, roughness=0.5):
    """Fractal noise on a line, between -1 and 1."""
    total, strength, out = 0.0, 1.0, np.zeros(count)
    for octave in range(octaves):
        knots = base * 2**octave + 2
        values = rng.uniform(-1, 1, knots)
        out += strength * np.interp(np.linspace(0, knots - 1, count), np.arange(knots), values)
        total += strength
        strength *= roughness
    return out / total


def field_noise(rng, size, octaves=5, base=3, roughness=0.5):
    """Fractal noise on a plane, between 0 and 1."""
    width, height = size
    out = np.zeros((height, width))
    for octave in range(octaves):
        cells = base * 2**octave
        rows = max(2, round(cells * height / width))
        coarse = Image.fromarray(rng.uniform(0, 1, (rows + 1, cells + 1)).astype("float32"))
        out += roughness**octave * np.asarray(coarse.resize(size, Image.BICUBIC))
    return (out - out.min()) / (out.max() - out.min())


def silhouette(image, heights, colour):
    """Fill everything below a line of heights."""
    width, height = image.size
    points = list(zip(np.linspace(0, width, len(heights)), heights))
    ImageDraw.Draw(image).polygon([(0, height)] + points + [(width, height)], fill=rgb(colour))


def glow(image, centre, radius, colour, strength=1.0):
    """Add light around a point."""
    width, height = image.size
    small = (max(width // 8, 1), max(height // 8, 1))
    ys, xs = np.mgrid[0 : small[1], 0 : small[0]] * 8.0
    distance = np.hypot(xs - centre[0], ys - centre[1]) / radius
    light = Image.fromarray((np.exp(-(distance**2) * 2) * 255 * strength).astype("uint8"))
    light = light.resize(image.size, Image.BICUBIC)
    image.paste(Image.composite(Image.new("RGB", image.size, rgb(colour)), image, light))


def shadowed(image, draw_shape, offset, blur, strength=0.35):
    """Draw a shape through `draw_shape(draw, dx, dy, fill)` with a soft shadow beneath it."""
    mask = Image.new("L", image.size, 0)
    draw_shape(ImageDraw.Draw(mask), offset, offset, round(255 * strength))
    small = mask.resize((image.width // 4, image.height // 4)).filter(ImageFilter.GaussianBlur(blur / 4))
    image.paste(Image.new("RGB", image.size, rgb(INK)), mask=small.resize(image.size))
    draw_shape(ImageDraw.Draw(image), 0, 0, None)


def stars(image, rng, count, horizon):
    draw = ImageDraw.Draw(image)
    for x, y, size in zip(
        rng.uniform(0, image.width, count), rng.power(0.8, count) * horizon, rng.exponential(1.1, count)
    ):
        radius = 0.8 + min(size, 4)
        draw.ellipse(
            (x - radius, y - radius, x + radius, y + radius), fill=blend([SKY, PAPER, GOLD], rng.uniform())
        )


# Girih: rhombs of the fivefold grid, with the strapwork that springs from the middle of every edge


def fivefold(rng, lines):
    """Rhombs of a fivefold quasi-periodic tiling as arrays of four corners."""
    angles = [2 * math.pi * k / 5 for k in range(5)]
    axes = np.array([(math.cos(a), math.sin(a)) for a in angles])
    shifts = rng.uniform(0.1, 0.9, 5)
    shifts += (round(shifts.sum()) - shifts.sum()) / 5
    rhombs = []
    for r in range(5):
        for s in range(r + 1, 5):
            pair = np.array([axes[r], axes[s]])
            for a in range(-lines, lines + 1):
                for b in range(-lines, lines + 1):
                    point = np.linalg.solve(pair, [a - shifts[r], b - shifts[s]])
                    index = np.ceil(axes @ point + shifts - 1e-9)
                    corners = []
                    for da, db in ((0, 0), (1, 0), (1, 1), (0, 1)):
                        index[r], index[s] = a + da, b + db
                        corners.append(index @ axes)
                    rhombs.append((min((s - r) % 5, (r - s) % 5), np.array(corners)))
    return rhombs


def strapwork(corners, angle):
    """Corners of the star in a polygon: rays leave each edge's middle at `angle` and meet the next ones."""
    middles = (corners + np.roll(corners, -1, 0)) / 2
    centre = corners.mean(0)
    points = []
    for i, middle in enumerate(middles):
        following = middles[(i + 1) % len(middles)]
        corner = corners[(i + 1) % len(corners)]
        leave = turned(corner - middle, centre - middle, angle)
        arrive = turned(corner - following, centre - following, angle)
        matrix = np.array([leave, -arrive]).T
        if abs(np.linalg.det(matrix)) < 1e-9:
            meet = (middle + following) / 2
        else:
            meet = middle + leave * np.linalg.solve(matrix, following - middle)[0]
        points += [middle, meet]
    return points


def turned(along, inward, angle):
    """The direction `along` an edge, turned by `angle` towards the inside."""
    along = along / np.linalg.norm(along)
    side = np.array([-along[1], along[0]])
    if side @ inward < 0:
        side = -side
    return along * math.cos(angle) + side * math.sin(angle)


def girih(rng, size, ground, tiles, strap, scale=12, light=None):
    image = Image.new("RGB", size, rgb(ground))
    draw = ImageDraw.Draw(image)
    unit = size[0] / scale
    origin = np.array(size) * rng.uniform(0.4, 0.6, 2)
    for kind, rhomb in fivefold(rng, scale):
        corners = rhomb * unit + origin
        if (corners.max(0) < -unit).any() or (corners.min(0) > np.array(size) + unit).any():
            continue
        depth = np.hypot(*((corners.mean(0) - origin) / size[0]))
        shade = mix(tiles[kind % len(tiles)], ground, min(depth * 0.75, 0.6))
        draw.polygon([tuple(c) for c in corners], fill=mix(shade, ground, rng.uniform(0, 0.18)))
        star = [tuple(p) for p in strapwork(corners, math.radians(54))]
        inner = tiles[(kind + 1) % len(tiles)]
        draw.polygon(star, fill=mix(inner, shade, 0.35 + rng.uniform(0, 0.2)))
        for width, colour in ((unit / 7, mix(ground, INK, 0.35)), (unit / 11, strap)):
            draw.line(star + star[:2], fill=rgb(colour), width=max(2, round(width)), joint="curve")
    if light:
        glow(image, tuple(origin), size[0] * 0.5, light, 0.28)
    return image


# Land


def mountains(rng, size, sky, land, sun=None, layers=7, horizon=0.38, snow=False):
    width, height = size
    image = gradient(size, sky)
    if sun:
        x, y, radius = sun[0] * width, sun[1] * height, width * 0.035
        glow(image, (x, y), width * 0.32, GOLD, 0.6)
        ImageDraw.Draw(image).ellipse((x - radius, y - radius, x + radius, y + radius), fill=rgb("#fff6dc"))
    for layer in range(layers):
        depth = layer / (layers - 1)
        level = height * (horizon + (0.98 - horizon) * depth**1.2)
        reach = height * (0.17 - 0.09 * depth)
        ridge = line_noise(rng, width // 4, octaves=8, base=3 + layer, roughness=0.5)
        ridge = -np.abs(ridge) * 2 + 1 if layer < layers - 2 else ridge
        heights = level - ridge * reach
        tone = blend(land, depth)
        silhouette(image, heights, tone)
        if snow and layer < 3:
            cap_snow(image, rng, heights, level + reach * 0.1, mix(PAPER, tone, 0.25 * layer))
        haze(image, heights, mix(sky[-1], tone, 0.35), reach * 2.2)
    return image


def cap_snow(image, rng, heights, line, colour):
    width = image.width
    draw = ImageDraw.Draw(image)
    share = 0.5 + line_noise(rng, len(heights), 5, 24, 0.6) * 0.8
    xs = np.linspace(0, width, len(heights))
    for i in range(len(heights) - 1):
        reach = (line - heights[i]) * share[i]
        if reach > 0:
            draw.line((xs[i], heights[i], xs[i], heights[i] + reach), fill=rgb(colour), width=6)


def haze(image, heights, colour, reach):
    """Let mist gather at the foot of a ridge."""
    width, height = image.size
    ridge = np.interp(np.linspace(0, 1, width // 4), np.linspace(0, 1, len(heights)), heights)
    ridge = np.convolve(np.pad(ridge, 60, "edge"), np.hanning(121) / np.hanning(121).sum(), "valid")
    rows = (np.arange(height // 4) * 4)[:, None]
    mist = np.clip((rows - ridge[None, :]) / reach, 0, 1) * 150
    mask = Image.fromarray(mist.astype("uint8")).resize(image.size, Image.BILINEAR)
    image.paste(Image.new("RGB", image.size, rgb(colour)), mask=mask)


def steppe(rng, size, sky, land, turbines=0, road=True, rail=False):
    width, height = size
    image = gradient(size, sky + [land[0]])
    clouds(image, rng, mix(PAPER, sky[1], 0.35), 0.5)
    horizon = height * 0.6
    silhouette(image, horizon - 60 + line_noise(rng, 400, 5, 4) * 70, mix(land[0], sky[-1], 0.5))
    base = gradient((width, round(height * 0.42)), land)
    image.paste(base, (0, round(horizon)))
    draw = ImageDraw.Draw(image)
    for row in np.linspace(0, 1, 70) ** 2:
        y = horizon + row * (height - horizon)
        for _ in range(24):
            x, reach = rng.uniform(-200, width), rng.uniform(80, 500) * (0.3 + row)
            tone = mix(blend(land, row), [INK, PAPER][rng.integers(2)], 0.07)
            draw.line((x, y, x + reach, y + rng.uniform(-3, 3)), fill=tone, width=int(2 + 6 * row))
    if road or rail:
        track(draw, size, horizon, rail)
    for index in range(turbines):
        turbine(
            draw,
            width * (0.12 + 0.78 * index / max(turbines - 1, 1)) + rng.uniform(-60, 60),
            horizon + rng.uniform(-10, 30),
            height * rng.uniform(0.2, 0.34),
            rng.uniform(0, 2),
        )
    return image


def track(draw, size, horizon, rail):
    width, height = size
    vanish = (width * 0.64, horizon + 4)
    left, right = (width * 0.18, height), (width * 0.58, height)
    if not rail:
        draw.polygon([vanish, left, right], fill=mix(RULE, OCHRE, 0.2))
        return
    for step in np.linspace(0.04, 1, 46) ** 2.2:
        a = [vanish[i] + (left[i] - vanish[i]) * step for i in (0, 1)]
        b = [vanish[i] + (right[i] - vanish[i]) * step for i in (0, 1)]
        reach = (b[0] - a[0]) * 0.2
        draw.line(
            (a[0] - reach, a[1], b[0] + reach, b[1]), fill=mix(PLUM, INK, 0.6), width=max(2, int(34 * step))
        )
    for end in (left, right):
        draw.polygon([vanish, (end[0] - 18, end[1]), (end[0] + 18, end[1])], fill=mix(INK, SKY, 0.45))


def turbine(draw, x, foot, tall, turn):
    draw.polygon(
        [
            (x - tall * 0.016, foot),
            (x + tall * 0.016, foot),
            (x + tall * 0.006, foot - tall),
            (x - tall * 0.006, foot - tall),
        ],
        fill=rgb(PAPER),
    )
    for blade in range(3):
        angle = turn + blade * 2 * math.pi / 3
        tip = (x + math.cos(angle) * tall * 0.55, foot - tall + math.sin(angle) * tall * 0.55)
        side = (-math.sin(angle) * tall * 0.02, math.cos(angle) * tall * 0.02)
        draw.polygon(
            [(x - side[0], foot - tall - side[1]), (x + side[0], foot - tall + side[1]), tip], fill=rgb(PAPER)
        )
    draw.ellipse((x - tall * 0.02, foot - tall * 1.02, x + tall * 0.02, foot - tall * 0.98), fill=rgb(RULE))


def clouds(image, rng, colour, strength):
    noise = field_noise(rng, (image.width // 4, image.height // 4), 6, 2, 0.55)
    fade = np.linspace(1, 0, noise.shape[0])[:, None] ** 0.8
    mask = np.clip((noise - 0.5) * 3, 0, 1) * fade * 255 * strength
    layer = Image.fromarray(mask.astype("uint8")).resize(image.size, Image.BICUBIC)
    image.paste(Image.new("RGB", image.size, rgb(colour)), mask=layer)


def dunes(rng, size, sky, sand, veil=0.0):
    width, height = size
    image = gradient(size, sky)
    glow(image, (width * 0.72, height * 0.26), width * 0.3, PAPER, 0.55)
    for layer in range(8):
        depth = layer / 7
        crest = height * (0.42 + 0.5 * depth) + line_noise(rng, 60, 3, 2 + layer // 3, 0.35) * height * 0.14
        crest = np.interp(
            np.linspace(0, 59, 800),
            np.arange(60),
            np.convolve(np.pad(crest, 4, "edge"), np.hanning(11)[1:-1] / np.hanning(11).sum(), "valid"),
        )
        silhouette(image, crest, blend(sand, depth))
        slope = np.convolve(np.pad(np.maximum(np.gradient(crest), 0), 20, "edge"), np.ones(41) / 41, "valid")
        lee = crest + slope * height * 0.045 + 4
        points = list(zip(np.linspace(0, width, 800), crest)) + list(
            zip(np.linspace(width, 0, 800), lee[::-1])
        )
        ImageDraw.Draw(image).polygon(points, fill=mix(blend(sand, depth), PLUM, 0.35))
        haze(image, crest, mix(sky[-1], blend(sand, depth), 0.5), height * 0.4)
    if veil:
        streaks = field_noise(rng, (60, 300), 4, 3).T
        mask = Image.fromarray((np.clip(streaks - 0.3, 0, 1) * 255 * veil).astype("uint8"))
        image.paste(
            Image.new("RGB", size, rgb(mix(OCHRE, PAPER, 0.5))), mask=mask.resize(size, Image.BICUBIC)
        )
    return image


def fields(rng, size, tones, river=None):
    """Farmland from the air: parcels with furrows, cut by roads."""
    width, height = size
    image = Image.new("RGB", size, rgb(tones[0]))
    parcels = [
        (
            np.array(
                [(-300, -300), (width + 300, -300), (width + 300, height + 300), (-300, height + 300)], float
            ),
            0,
        )
    ]
    done = []
    while parcels:
        corners, depth = parcels.pop()
        if depth >= 6 or (depth > 4 and rng.uniform() < 0.35):
            done.append(corners)
            continue
        parcels += [(part, depth + 1) for part in halves(rng, corners)]
    draw = ImageDraw.Draw(image)
    for corners in done:
        tone = tones[rng.integers(len(tones))]
        furrowed(image, rng, corners, mix(tone, PAPER, rng.uniform(0, 0.25)))
        draw.line([tuple(c) for c in corners] + [tuple(corners[0])], fill=mix(SUNK, OCHRE, 0.3), width=9)
    if river:
        course = height * 0.5 + np.cumsum(line_noise(rng, 400, 3, 3)) * height * 0.009
        points = list(zip(np.linspace(-50, width + 50, 400), course))
        for reach, colour in ((110, mix(GREEN, INK, 0.35)), (78, mix(river, PAPER, 0.25)), (50, river)):
            draw.line(points, fill=rgb(colour), width=reach, joint="curve")
    return image


def halves(rng, corners):
    """Cut a four-cornered parcel across its longer side."""
    if np.linalg.norm(corners[1] - corners[0]) < np.linalg.norm(corners[2] - corners[1]):
        corners = np.roll(corners, -1, 0)
    p, q = rng.uniform(0.36, 0.64, 2)
    a = corners[0] + (corners[1] - corners[0]) * p
    b = corners[3] + (corners[2] - corners[3]) * q
    return np.array([corners[0], a, b, corners[3]]), np.array([a, corners[1], corners[2], b])


def furrowed(image, rng, corners, tone):
    low, high = np.floor(corners.min(0)).astype(int), np.ceil(corners.max(0)).astype(int)
    patch = Image.new("RGB", tuple(high - low), tone)
    draw = ImageDraw.Draw(patch)
    angle, gap = rng.choice([0.2, 1.75]) + rng.uniform(-0.1, 0.1), rng.uniform(16, 30)
    ahead, side = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
    reach = sum(patch.size)
    for step in np.arange(-reach, reach, gap):
        x, y = step * side[0], step * side[1]
        draw.line(
            (x - ahead[0] * reach, y - ahead[1] * reach, x + ahead[0] * reach, y + ahead[1] * reach),
            fill=mix(tone, INK, 0.13),
            width=round(gap * 0.3),
        )
    mask = Image.new("L", patch.size, 0)
    ImageDraw.Draw(mask).polygon([tuple(c - low) for c in corners], fill=255)
    image.paste(patch, tuple(int(v) for v in low), mask)


def contours(rng, size, ramp, bands=16, pins=0, coast=0.0):
    """A relief map: tinted bands, contour lines and a few marked places."""
    half = (size[0] // 2, size[1] // 2)
    noise = field_noise(rng, half, 4, 2, 0.42)
    noise = np.argsort(np.argsort(noise, None)).reshape(noise.shape) / noise.size
    step = np.floor(noise * bands)
    shade = np.array([blend(ramp, i / (bands - 1)) for i in range(bands)])
    pixels = shade[np.minimum(step, bands - 1).astype(int)].astype(float)
    coarse = Image.fromarray(noise.astype("float32")).resize((half[0] // 8, half[1] // 8), Image.BOX)
    gy, gx = np.gradient(np.asarray(coarse.resize(half, Image.BICUBIC)))
    pixels *= np.clip(1 + (gx - gy) * 28, 0.82, 1.16)[:, :, None]
    edge = (step != np.roll(step, 1, 0)) | (step != np.roll(step, 1, 1))
    heavy = edge & (step % 4 == 0)
    pixels[edge] *= 0.8
    pixels[heavy] *= 0.72
    if coast:
        pixels[noise < coast] = pixels[noise < coast] * 0.45 + np.array(rgb(SKY)) * 0.55
    image = Image.fromarray(np.clip(pixels, 0, 255).astype("uint8")).resize(size, Image.LANCZOS)
    draw = ImageDraw.Draw(image)
    spots = rng.uniform(0.12, 0.88, (pins, 2)) * size
    for start, end in zip(spots, spots[1:]):
        arc(draw, start, end, mix(PAPER, GOLD, 0.3), 6)
    for x, y in spots:
        for radius, colour in ((30, PAPER), (20, RUST)):
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=rgb(colour))
    return image


def arc(draw, start, end, colour, width, lift=0.22):
    start, end = np.array(start, float), np.array(end, float)
    bend = (start + end) / 2 + np.array([0, -np.linalg.norm(end - start) * lift])
    t = np.linspace(0, 1, 60)[:, None]
    curve = (1 - t) ** 2 * start + 2 * t * (1 - t) * bend + t**2 * end
    draw.line([tuple(p) for p in curve], fill=rgb(colour), width=width, joint="curve")


# Water


def sea(rng, size, sky, water, sun=(0.6, 0.34), horizon=0.5, cloud=0.35):
    width, height = size
    level = round(height * horizon)
    image = Image.new("RGB", size)
    image.paste(gradient((width, level), sky), (0, 0))
    clouds(image, rng, mix(sky[-1], sky[len(sky) // 2], 0.4), cloud)
    x, y, radius = sun[0] * width, sun[1] * height, width * 0.045
    glow(image, (x, y), width * 0.36, GOLD, 0.7)
    ImageDraw.Draw(image).ellipse((x - radius, y - radius, x + radius, y + radius), fill=rgb("#fff3d2"))
    image.paste(gradient((width, height - level), water), (0, level))
    draw = ImageDraw.Draw(image)
    for row in np.linspace(0, 1, 130) ** 1.8:
        at = level + row * (height - level)
        for _ in range(12):
            near = rng.uniform() < 0.42
            centre = x + rng.normal(0, width * (0.02 + 0.12 * row)) if near else rng.uniform(0, width)
            reach = rng.uniform(14, 120) * (0.25 + row)
            tone = (
                mix("#fff0c8", blend(water, row), 0.12 + 0.4 * row)
                if near
                else mix(blend(water, row), PAPER if rng.uniform() < 0.5 else INK, 0.1)
            )
            draw.line((centre - reach, at, centre + reach, at), fill=tone, width=max(2, round(9 * row)))
    return image, level


def port(rng, size, sky, water, sun=(0.6, 0.34), cranes=5, ship=True, tone=DEEP, cloud=0.35):
    image, level = sea(rng, size, sky, water, sun, 0.58, cloud)
    width, height = size
    draw = ImageDraw.Draw(image)
    silhouette_hills = level - 40 + line_noise(rng, 300, 5, 4) * 90
    points = list(zip(np.linspace(0, width, 300), np.minimum(silhouette_hills, level)))
    draw.polygon([(0, level)] + points + [(width, level)], fill=mix(tone, sky[-1], 0.62))
    quay = level + height * 0.018
    draw.rectangle((0, level - 14, width * 0.74, quay), fill=rgb(mix(tone, INK, 0.35)))
    for index in range(cranes):
        crane(
            draw,
            width * (0.05 + 0.6 * index / cranes),
            level - 12,
            height * rng.uniform(0.27, 0.36),
            mix(tone, INK, 0.2),
        )
    for _ in range(46):
        x, y = rng.uniform(0, width * 0.7), level - 14 - 26 * rng.integers(1, 4)
        colours = [RUST, OCHRE, GREEN, BLUE, PLUM, LAPIS]
        draw.rectangle((x, y, x + 74, y + 25), fill=mix(colours[rng.integers(6)], tone, 0.35))
    if ship:
        freighter(draw, rng, width * 0.73, level + height * 0.055, width * 0.24, mix(tone, INK, 0.3))
    return image


def crane(draw, x, foot, tall, colour):
    post, beam = tall * 0.03, tall * 0.035
    for dx in (0, tall * 0.28):
        draw.rectangle((x + dx - post, foot - tall * 0.72, x + dx + post, foot), fill=colour)
    draw.rectangle(
        (x - tall * 0.25, foot - tall * 0.72 - beam, x + tall * 0.75, foot - tall * 0.72 + beam / 2),
        fill=colour,
    )
    top = (x + tall * 0.22, foot - tall)
    for end in (x - tall * 0.2, x + tall * 0.72):
        draw.line((*top, end, foot - tall * 0.72), fill=colour, width=max(3, round(post * 0.6)))
    draw.line((x, foot - tall * 0.4, x + tall * 0.28, foot - tall * 0.72), fill=colour, width=round(post))
    draw.line((x + tall * 0.6, foot - tall * 0.72, x + tall * 0.6, foot - tall * 0.38), fill=colour, width=4)
    draw.polygon([(top[0] - post, foot - tall * 0.7), (top[0] + post, foot - tall * 0.7), top], fill=colour)


def freighter(draw, rng, x, water, long, colour):
    draw.polygon(
        [
            (x, water - long * 0.11),
            (x + long * 1.03, water - long * 0.13),
            (x + long * 0.93, water),
            (x + long * 0.05, water),
        ],
        fill=colour,
    )
    draw.rectangle(
        (x + long * 0.05, water - long * 0.3, x + long * 0.15, water - long * 0.1),
        fill=mix(PAPER, colour, 0.2),
    )
    for column in range(9):
        for row in range(rng.integers(2, 5)):
            left, top = x + long * (0.19 + column * 0.08), water - long * (0.125 + (row + 1) * 0.038)
            tone = [RUST, OCHRE, GREEN, BLUE, PLUM][rng.integers(5)]
            draw.rectangle((left, top, left + long * 0.076, top + long * 0.035), fill=mix(tone, colour, 0.25))


# Buildings


def hall(rng, size, sky, stone, arches=11, dome=True, lamp=GOLD, night=True):
    """A conference hall over still water, at night lit from inside."""
    width, height = size
    level = round(height * 0.7)
    image = gradient(size, sky)
    if night:
        stars(image, rng, width // 7, level * 0.8)
    silhouette(
        image,
        np.minimum(level - 60 + line_noise(rng, 400, 6, 4) * height * 0.09, level),
        mix(sky[-1], INK, 0.45),
    )
    left, right, roof = width * 0.16, width * 0.84, level - height * (0.25 if width > height else 0.17)
    glow(image, (width / 2, level), width * 0.5, lamp, 0.4)
    draw = ImageDraw.Draw(image)
    if dome:
        reach = width * 0.12
        draw.rectangle((width / 2 - reach, roof - reach * 0.45, width / 2 + reach, roof), fill=rgb(stone))
        draw.pieslice(
            (width / 2 - reach * 1.04, roof - reach * 1.62, width / 2 + reach * 1.04, roof + reach * 0.7),
            180,
            360,
            fill=mix(stone, LAPIS, 0.55),
        )
        for rib in range(-4, 5):
            draw.arc(
                (
                    width / 2 - reach * abs(rib) / 4,
                    roof - reach * 1.62,
                    width / 2 + reach * abs(rib) / 4,
                    roof + reach * 0.7,
                ),
                180,
                360,
                fill=mix(stone, PAPER, 0.25),
                width=4,
            )
        draw.line((width / 2, roof - reach * 2, width / 2, roof - reach * 1.6), fill=rgb(lamp), width=8)
    draw.rectangle((left, roof, right, level), fill=rgb(stone))
    draw.rectangle((left - 30, roof - 26, right + 30, roof + 8), fill=mix(stone, PAPER, 0.3))
    bay = (right - left) / arches
    for index in range(arches):
        window(draw, left + bay * index, bay, roof, level, lamp, rng)
    draw.rectangle((left - 70, level - 16, right + 70, level), fill=mix(stone, INK, 0.3))
    mirror(image, level, rng)
    return image


def window(draw, x, bay, roof, level, lamp, rng):
    gap, tall = bay * 0.17, level - roof
    box = (x + gap, roof + tall * 0.22, x + bay - gap, level - 16)
    arch = box[2] - box[0]
    warm = mix(lamp, ORANGE, rng.uniform(0, 0.45))
    draw.pieslice((box[0], box[1] - arch * 0.1, box[2], box[1] + arch * 0.9), 180, 360, fill=warm)
    draw.rectangle((box[0], box[1] + arch * 0.4, box[2], box[3]), fill=warm)
    for share in (1 / 3, 2 / 3):
        at = box[0] + arch * share
        draw.line((at, box[1], at, box[3]), fill=mix(warm, INK, 0.55), width=5)
    draw.line(
        (box[0], box[1] + arch * 0.45, box[2], box[1] + arch * 0.45), fill=mix(warm, INK, 0.55), width=5
    )
    for _ in range(3):
        centre, tall = rng.uniform(box[0] + 8, box[2] - 8), rng.uniform(0.2, 0.26) * (box[3] - box[1])
        person(draw, centre, box[3], tall, mix(warm, INK, 0.75))


def person(draw, x, foot, tall, colour):
    draw.ellipse((x - tall * 0.12, foot - tall, x + tall * 0.12, foot - tall * 0.76), fill=colour)
    draw.rounded_rectangle(
        (x - tall * 0.2, foot - tall * 0.74, x + tall * 0.2, foot), tall * 0.18, fill=colour
    )


def mirror(image, level, rng):
    """Reflect what stands above `level`, rippled and darkened."""
    width, height = image.size
    above = np.asarray(image)[max(0, 2 * level - height) : level][::-1].astype(float)
    ripple = line_noise(rng, above.shape[0], 7, 20, 0.8) * np.linspace(4, 60, above.shape[0])
    rows = [np.roll(row, int(shift), 0) for row, shift in zip(above, ripple)]
    fade = np.linspace(0.66, 0.36, above.shape[0])[:, None, None]
    water = np.array(rows) * fade + np.array(rgb(DEEP)) * (1 - fade) * 0.5
    image.paste(Image.fromarray(water.astype("uint8")), (0, level))


def skyline(rng, size, sky, near, river=True, rise=1.0):
    width, height = size
    level = round(height * (0.74 if river else 1))
    image = gradient(size, sky)
    glow(image, (width * 0.3, level), width * 0.5, GOLD, 0.45)
    draw = ImageDraw.Draw(image)
    for layer in range(4):
        depth = layer / 3
        colour, x = mix(sky[-2], near, 0.25 + 0.75 * depth), -20.0
        while x < width:
            wide = rng.uniform(50, 150)
            tall = rise * height * rng.uniform(0.06, 0.42 - 0.09 * layer) * (1.2 - abs(x / width - 0.55))
            tower(draw, rng, x, wide, level, tall, colour, lit=layer >= 2)
            x += wide * rng.uniform(0.9, 1.3)
    if river:
        mirror(image, level, rng)
    return image


def tower(draw, rng, x, wide, level, tall, colour, lit):
    draw.rectangle((x, level - tall, x + wide, level), fill=colour)
    kind = rng.integers(5)
    if kind == 0:
        draw.polygon(
            [(x, level - tall), (x + wide, level - tall), (x + wide / 2, level - tall - wide * 0.8)],
            fill=colour,
        )
    elif kind == 1:
        draw.pieslice((x, level - tall - wide / 2, x + wide, level - tall + wide / 2), 180, 360, fill=colour)
    if not lit:
        return
    for row in np.arange(level - tall + 18, level - 20, 30):
        for column in np.arange(x + 12, x + wide - 16, 24):
            if rng.uniform() < 0.34:
                draw.rectangle(
                    (column, row, column + 10, row + 14), fill=mix(GOLD, colour, rng.uniform(0.1, 0.5))
                )


# Rooms and things


def round_table(rng, size, floor, wood, seats=28, shape="ring"):
    """A meeting seen from above: table, chairs, nameplates, papers and glasses."""
    width, height = size
    image = gradient(size, [mix(floor, PAPER, 0.12), floor, mix(floor, INK, 0.18)])
    parquet(image, rng, floor)
    centre = np.array([width / 2, height / 2])
    reach = (
        np.array([width * 0.36, height * 0.34]) if shape == "ring" else np.array([width * 0.4, height * 0.3])
    )
    inner = reach * 0.6

    def top(draw, dx, dy, fill):
        box = lambda r: (
            centre[0] - r[0] + dx,
            centre[1] - r[1] + dy,
            centre[0] + r[0] + dx,
            centre[1] + r[1] + dy,
        )
        draw.ellipse(box(reach), fill=fill or rgb(wood))
        if fill is None:
            draw.ellipse(box(reach * 0.985), outline=mix(wood, PAPER, 0.25), width=8)
            draw.ellipse(box(inner), fill=mix(floor, INK, 0.3), outline=mix(wood, INK, 0.35), width=12)

    angles = [2 * math.pi * (i + 0.5) / seats for i in range(seats)]
    for angle in angles:
        chair(image, centre + reach * 1.13 * (math.cos(angle), math.sin(angle)), angle, width / 58)
    shadowed(image, top, 26, 40)
    rosette(image, centre, inner * 0.8, mix(floor, INK, 0.3))
    for angle in angles:
        place(image, centre, reach, angle, width / 1000)
    return image


def parquet(image, rng, floor):
    draw, cell = ImageDraw.Draw(image), 130
    for row in range(-1, image.height // cell + 1):
        for column in range(-1, image.width // cell + 1):
            x, y = column * cell, row * cell
            for strip in range(4):
                tone = mix(floor, [INK, PAPER][rng.integers(2)], rng.uniform(0, 0.09))
                if (row + column) % 2:
                    draw.rectangle(
                        (x, y + strip * cell / 4, x + cell, y + (strip + 1) * cell / 4 - 2), fill=tone
                    )
                else:
                    draw.rectangle(
                        (x + strip * cell / 4, y, x + (strip + 1) * cell / 4 - 2, y + cell), fill=tone
                    )


def oriented(centre, angle, ahead, side):
    """Corners of a rectangle around `centre`, its long way across `angle`."""
    along = np.array([math.cos(angle), math.sin(angle)])
    across = np.array([-along[1], along[0]])
    return [
        tuple(centre + along * ahead * i + across * side * j) for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]


def chair(image, centre, angle, unit):
    def seat(draw, dx, dy, fill):
        moved = centre + (dx, dy)
        draw.polygon(oriented(moved, angle, unit * 0.78, unit * 0.86), fill=fill or rgb(LAPIS))
        back = moved + np.array([math.cos(angle), math.sin(angle)]) * unit * 0.85
        draw.polygon(oriented(back, angle, unit * 0.2, unit * 0.95), fill=fill or rgb(DEEP))

    shadowed_small(image, seat, centre, unit * 2.4)


def shadowed_small(image, draw_shape, centre, reach):
    """As `shadowed`, for a small thing: only its surroundings are touched."""
    box = tuple(int(v) for v in (centre[0] - reach, centre[1] - reach, centre[0] + reach, centre[1] + reach))
    mask = Image.new("L", image.size, 0)
    draw_shape(ImageDraw.Draw(mask), 9, 9, 110)
    patch = mask.crop(box).filter(ImageFilter.GaussianBlur(8))
    image.paste(Image.new("RGB", patch.size, rgb(INK)), box[:2], patch)
    draw_shape(ImageDraw.Draw(image), 0, 0, None)


def place(image, centre, reach, angle, unit):
    draw = ImageDraw.Draw(image)
    ray = np.array([math.cos(angle), math.sin(angle)])
    turn = math.atan2(ray[1] / reach[1], ray[0] / reach[0])
    draw.polygon(oriented(centre + reach * ray * 0.9, turn, 13 * unit, 10 * unit), fill=rgb(PAPER))
    for row in (-6, -2, 2, 6):
        middle = centre + reach * ray * 0.9 + np.array([math.cos(turn), math.sin(turn)]) * row * unit
        draw.polygon(oriented(middle, turn, 0.7 * unit, 6.5 * unit), fill=mix(INK, PAPER, 0.6))
    draw.polygon(oriented(centre + reach * ray * 0.74, turn, 4 * unit, 15 * unit), fill=rgb(PAPER))
    draw.polygon(oriented(centre + reach * ray * 0.735, turn, 1.6 * unit, 10 * unit), fill=rgb(LAPIS))
    glass = centre + reach * np.array([math.cos(angle + 0.055), math.sin(angle + 0.055)]) * 0.82
    radius = 4.6 * unit
    draw.ellipse((*(glass - radius), *(glass + radius)), fill=rgb(SKY), outline=rgb(PAPER), width=4)


def rosette(image, centre, reach, ground):
    draw = ImageDraw.Draw(image)
    for ring, colour in enumerate((OCHRE, GREEN, BLUE, RUST, PLUM)):
        share = 1 - ring * 0.19
        points = []
        for i in range(20):
            radius = share * (1 if i % 2 else 0.8)
            angle = math.pi * i / 10
            points.append(
                (
                    centre[0] + reach[0] * radius * math.cos(angle),
                    centre[1] + reach[1] * radius * math.sin(angle),
                )
            )
        draw.polygon(points, fill=mix(colour, ground, 0.45), outline=mix(PAPER, ground, 0.4))


def desk_papers(rng, size, ground, accent, seal=True, sheets=5):
    """Sheets of an agreed text on a table, with ribbon, seal and pen."""
    width, height = size
    image = gradient(size, [mix(ground, PAPER, 0.1), ground, mix(ground, INK, 0.3)])
    grain(image, rng, 16)
    for sheet in range(sheets):
        angle = rng.uniform(-0.32, 0.32) if sheet < sheets - 1 else -0.07
        centre = np.array([width * rng.uniform(0.22, 0.78), height * rng.uniform(0.3, 0.7)])
        if sheet == sheets - 1:
            centre = np.array([width * 0.5, height * 0.56])
        paper_sheet(image, rng, centre, angle, height * 0.36 if width > height else width * 0.42, accent)
    if seal:
        wax_seal(
            image, np.array([width * 0.63, height * 0.8]), height * 0.055 if width > height else width * 0.06
        )
    pen(image, np.array([width * 0.8, height * 0.36]), 2.2, height * 0.5 if width > height else width * 0.6)
    return image


def paper_sheet(image, rng, centre, angle, half, accent):
    wide = half * 0.72

    def sheet(draw, dx, dy, fill):
        draw.polygon(
            oriented(centre + (dx, dy), angle + math.pi / 2, half, wide),
            fill=fill or rgb(mix(PAPER, OCHRE, rng.uniform(0, 0.06))),
        )

    shadowed(image, sheet, 22, 34, 0.4)
    draw = ImageDraw.Draw(image)
    down = np.array([-math.sin(angle), math.cos(angle)])
    right = np.array([math.cos(angle), math.sin(angle)])
    head = centre - down * half * 0.8
    draw.polygon(oriented(head, angle + math.pi / 2, half * 0.018, wide * 0.42), fill=rgb(accent))
    draw.polygon(
        oriented(head + down * half * 0.08, angle + math.pi / 2, half * 0.008, wide * 0.24),
        fill=mix(INK, PAPER, 0.45),
    )
    for row in range(22):
        share = 0.8 if row % 6 != 5 else rng.uniform(0.25, 0.6)
        middle = centre + down * half * (-0.58 + row * 0.062) - right * wide * (0.8 - share)
        tone = mix(INK, PAPER, 0.55) if row % 7 else mix(accent, PAPER, 0.3)
        draw.polygon(oriented(middle, angle + math.pi / 2, half * 0.0075, wide * share), fill=tone)


def wax_seal(image, centre, radius):
    ribbon = [
        (centre[0] - radius * 0.5, centre[1]),
        (centre[0] + radius * 0.4, centre[1]),
        (centre[0] + radius * 0.9, centre[1] + radius * 2.6),
        (centre[0] + radius * 0.3, centre[1] + radius * 2.2),
        (centre[0] - radius * 0.1, centre[1] + radius * 2.7),
    ]
    ImageDraw.Draw(image).polygon(ribbon, fill=rgb(LAPIS))

    def blob(draw, dx, dy, fill):
        points = [
            (
                centre[0]
                + dx
                + radius * (1 + 0.06 * math.sin(5 * a) + 0.03 * math.sin(11 * a)) * math.cos(a),
                centre[1]
                + dy
                + radius * (1 + 0.06 * math.sin(5 * a) + 0.03 * math.sin(11 * a)) * math.sin(a),
            )
            for a in np.linspace(0, 2 * math.pi, 120)
        ]
        draw.polygon(points, fill=fill or mix(RUST, PLUM, 0.45))

    shadowed(image, blob, 10, 16, 0.5)
    draw = ImageDraw.Draw(image)
    for share, tone in ((0.78, mix(RUST, PLUM, 0.7)), (0.7, mix(RUST, PLUM, 0.35))):
        draw.ellipse((*(centre - radius * share), *(centre + radius * share)), fill=tone)
    star = [
        (
            centre[0] + radius * (0.58 if i % 2 else 0.3) * math.cos(math.pi * i / 10),
            centre[1] + radius * (0.58 if i % 2 else 0.3) * math.sin(math.pi * i / 10),
        )
        for i in range(20)
    ]
    draw.polygon(star, fill=mix(RUST, PLUM, 0.75))


def pen(image, tip, angle, long):
    along = np.array([math.cos(angle), math.sin(angle)]) * -1
    across = np.array([-along[1], along[0]])

    def body(draw, dx, dy, fill):
        base = tip + (dx, dy)
        nib = [
            tuple(base),
            tuple(base + along * long * 0.1 + across * 12),
            tuple(base + along * long * 0.1 - across * 12),
        ]
        shaft = [
            tuple(base + along * long * 0.1 + across * 13),
            tuple(base + along * long + across * 17),
            tuple(base + along * long - across * 17),
            tuple(base + along * long * 0.1 - across * 13),
        ]
        draw.polygon(nib, fill=fill or rgb(GOLD))
        draw.polygon(shaft, fill=fill or rgb(INK))
        if fill is None:
            ring = [
                tuple(base + along * long * s + across * 16 * t)
                for s, t in ((0.5, 1), (0.53, 1), (0.53, -1), (0.5, -1))
            ]
            draw.polygon(ring, fill=rgb(OCHRE))

    shadowed(image, body, 22, 20, 0.45)


def grain(image, rng, strength):
    noise = rng.normal(0, strength, (image.height // 2, image.width // 12))
    layer = Image.fromarray(np.clip(128 + noise, 0, 255).astype("uint8")).resize(image.size, Image.BICUBIC)
    image.paste(Image.blend(image, ImageChops.overlay(image, Image.merge("RGB", [layer] * 3)), 0.7))


def carpet(rng, size, wools, knots=150):
    """A woven carpet: borders, field of diamonds and medallions, symmetrical both ways."""
    width, height = size
    columns = knots
    rows = round(knots * height / width)
    half_rows, half_columns = (rows + 1) // 2, (columns + 1) // 2
    ys, xs = np.mgrid[0:half_rows, 0:half_columns]
    edge = np.minimum(ys, xs)
    deep, far = half_rows - ys, half_columns - xs
    grid = np.zeros((half_rows, half_columns), int)
    grid[(deep % 12 + far % 12) % 6 == 0] = 1
    grid[np.abs((deep % 24) - 12) + np.abs((far % 24) - 12) < 5] = 2
    grid[np.abs((deep % 24) - 12) + np.abs((far % 24) - 12) < 2] = 3
    for reach, tone in ((34, 4), (30, 0), (27, 3), (20, 1), (14, 2), (9, 5), (4, 3)):
        stretch = 1.0 if columns > rows else 1.5
        shape = np.maximum(deep / stretch + far / 1.6, np.maximum(deep, far / 1.3))
        grid[shape < reach * min(rows, columns) / 100] = tone
    for depth, tone in enumerate([5, 5, 3, 4, 4, 4, 4, 4, 4, 3, 0, 2, 0, 3]):
        grid[edge == depth] = tone
    along = np.where(ys < xs, xs, ys)
    band = (edge > 2) & (edge < 9)
    grid[band & (np.abs(along % 12 - 6) + np.abs(edge - 6) < 4)] = 1
    grid[band & (np.abs(along % 12 - 6) + np.abs(edge - 6) < 2)] = 3
    grid[(edge == 11) & (along % 4 < 2)] = 3
    whole = np.concatenate([grid, grid[::-1][rows % 2 :]], 0)
    whole = np.concatenate([whole, whole[:, ::-1][:, columns % 2 :]], 1)
    tones = np.array([rgb(c) for c in wools], float)
    pixels = tones[whole] * rng.normal(1, 0.055, whole.shape)[:, :, None]
    pixels *= (1 + line_noise(rng, whole.shape[0], 5, 8) * 0.09)[:, None, None]
    image = Image.fromarray(np.clip(pixels, 0, 255).astype("uint8")).resize(size, Image.NEAREST)
    weave(image, width / columns)
    return image


def weave(image, knot):
    """Shade every knot as a small V of two threads."""
    ys, xs = np.mgrid[0 : image.height, 0 : image.width]
    across = (xs % knot) / knot
    slope = np.abs(across - 0.5)
    down = ((ys + slope * knot * 0.9) % (knot / 1.0)) / knot
    shade = 0.8 + 0.3 * np.sin(math.pi * down) * (0.65 + 0.35 * np.sin(math.pi * across * 2 % math.pi))
    pixels = np.asarray(image).astype(float) * shade[:, :, None]
    image.paste(Image.fromarray(np.clip(pixels, 0, 255).astype("uint8")))


def network(rng, size, ground, tones, nodes=46, ties=90):
    image = gradient(size, ground)
    width, height = size
    draw = ImageDraw.Draw(image)
    spots = []
    while len(spots) < nodes:
        spot = rng.uniform(0.05, 0.95, 2) * size
        if all(np.hypot(*(spot - other)) > width * 0.075 for other in spots):
            spots.append(spot)
    pairs = sorted(
        ((np.hypot(*(a - b)), i, j) for i, a in enumerate(spots) for j, b in enumerate(spots) if i < j)
    )
    picks = [p for k, p in enumerate(pairs[: ties * 3]) if k < ties // 2 or rng.uniform() < 0.3]
    for _, i, j in picks:
        arc(draw, spots[i], spots[j], mix(tones[(i + j) % len(tones)], blend(ground, 0.5), 0.45), 5, 0.16)
    for index, (x, y) in enumerate(spots):
        radius = rng.choice([16, 20, 26, 40], p=[0.4, 0.3, 0.2, 0.1])
        glow_at = tones[index % len(tones)]
        sides = [4, 6, 6, 5, 10][index % 5]
        points = [
            (
                x + radius * math.cos(2 * math.pi * k / sides - math.pi / 2),
                y + radius * math.sin(2 * math.pi * k / sides - math.pi / 2),
            )
            for k in range(sides)
        ]
        draw.polygon(points, fill=rgb(glow_at), outline=rgb(PAPER), width=4)
    return image


def strata(rng, size, layers, lamps=6):
    """A mine in cross-section: beds of rock, galleries, lamps and a head frame."""
    width, height = size
    surface = height * 0.2
    image = gradient(size, [SKY, mix(GOLD, PAPER, 0.5), PAPER, PAPER, PAPER])
    for layer in range(12):
        depth = layer / 11
        bed = surface + (height - surface) * depth**0.9 * 0.96 + line_noise(rng, 300, 5, 3) * height * 0.05
        silhouette(image, bed, mix(layers[layer % len(layers)], INK, 0.1 + 0.45 * depth))
    texture = field_noise(rng, (size[0] // 3, size[1] // 3), 5, 24, 0.8)
    shade = Image.fromarray((90 + texture * 90).astype("uint8")).resize(size)
    below = Image.blend(image, ImageChops.overlay(image, Image.merge("RGB", [shade] * 3)), 0.6)
    image.paste(below.crop((0, round(surface * 1.2), width, height)), (0, round(surface * 1.2)))
    draw = ImageDraw.Draw(image)
    shaft = width * 0.3
    draw.rectangle((shaft - 34, surface, shaft + 34, height * 0.86), fill=rgb(INK))
    head_frame(draw, shaft, surface * 1.08, height * 0.17)
    for gallery, y in enumerate((0.42, 0.62, 0.84)):
        y, start, end = height * y, width * (0.1 + 0.05 * gallery), width * (0.94 - 0.08 * gallery)
        draw.rounded_rectangle((start, y - 74, end, y + 44), 50, fill=mix(INK, DEEP, 0.3))
        draw.rectangle((start + 20, y + 34, end - 20, y + 44), fill=mix(OCHRE, INK, 0.6))
        for lamp in np.linspace(start + 90, end - 90, lamps):
            glow(image, (lamp, y - 50), 150, GOLD, 0.55)
        for lamp in np.linspace(start + 90, end - 90, lamps):
            draw.ellipse((lamp - 10, y - 66, lamp + 10, y - 46), fill=rgb("#fff3c4"))
            if rng.uniform() < 0.6:
                person(draw, lamp + rng.uniform(30, 70), y + 34, 74, mix(ORANGE, INK, 0.35))
    return image


def head_frame(draw, x, foot, tall):
    colour = rgb(DEEP)
    for lean in (-0.45, -0.18, 0.18, 0.45):
        draw.line((x + tall * lean, foot, x + tall * lean * 0.3, foot - tall), fill=colour, width=12)
    for level in (0.35, 0.65, 1):
        draw.line(
            (
                x - tall * 0.45 * (1.02 - level * 0.7),
                foot - tall * level,
                x + tall * 0.45 * (1.02 - level * 0.7),
                foot - tall * level,
            ),
            fill=colour,
            width=10,
        )
    draw.ellipse(
        (x - tall * 0.2, foot - tall * 1.25, x + tall * 0.2, foot - tall * 0.85), outline=colour, width=14
    )


def grove(rng, size, sky, leaves, trunk=INK):
    """An alley of young trees going back to the horizon."""
    width, height = size
    image = gradient(size, sky)
    horizon = height * 0.52
    silhouette(image, horizon - 30 + line_noise(rng, 300, 5, 4) * 50, mix(leaves[0], sky[-1], 0.55))
    image.paste(
        gradient(
            (width, round(height - horizon)),
            [mix(leaves[0], sky[-1], 0.3), leaves[0], mix(leaves[0], INK, 0.35)],
        ),
        (0, round(horizon)),
    )
    draw = ImageDraw.Draw(image)
    draw.polygon(
        [(width * 0.5, horizon), (width * 0.16, height), (width * 0.84, height)], fill=mix(SUNK, OCHRE, 0.22)
    )
    for step in np.linspace(0.05, 1, 13) ** 1.9:
        for side in (-1, 1):
            x, foot = width * 0.5 + side * width * 0.42 * step, horizon + (height - horizon) * step * 0.98
            tree(
                draw,
                rng,
                x,
                foot,
                height * (0.05 + 0.6 * step),
                leaves,
                mix(trunk, sky[-1], 0.45 * (1 - step)),
            )
    return image


def village(rng, size, sky, hills, walls, roofs):
    """Houses on a slope under layered hills, a lane leading up to the last of them."""
    width, height = size
    image = gradient(size, sky)
    glow(image, (width * 0.74, height * 0.3), width * 0.35, GOLD, 0.5)
    for layer in range(6):
        depth = layer / 5
        ridge = height * (0.36 + 0.34 * depth) - line_noise(rng, 500, 5, 2 + layer, 0.42) * height * (
            0.16 - 0.1 * depth
        )
        silhouette(image, ridge, blend(hills, depth))
        haze(image, ridge, mix(sky[-1], blend(hills, depth), 0.5), height * 0.3)
    draw = ImageDraw.Draw(image)
    lane = [
        (width * (0.5 + 0.2 * math.sin(t * 5)) * (1 - 0.25 * t), height * (1 - 0.34 * t))
        for t in np.linspace(0, 1, 60)
    ]
    for (x, y), t in zip(lane, np.linspace(1, 0.12, 60)):
        draw.ellipse((x - 90 * t, y - 22 * t, x + 90 * t, y + 22 * t), fill=mix(SUNK, OCHRE, 0.3))
    spots = sorted(
        (y, x) for x, y in zip(rng.uniform(0.03, 0.97, 34) * width, rng.uniform(0.69, 0.97, 34) * height)
    )
    for y, x in spots:
        if min(abs(x - a) for a, b in lane if abs(b - y) < height * 0.03) < width * 0.06:
            continue
        near = (y / height - 0.6) / 0.4
        if rng.uniform() < 0.45:
            tree(draw, rng, x, y, height * 0.3 * near, [hills[-1], hills[-2], hills[1]], rgb(INK))
        else:
            house(draw, rng, x, y, height * 0.16 * near, walls, roofs)
    return image


def house(draw, rng, x, foot, unit, walls, roofs):
    wall, roof = (
        mix(walls[rng.integers(len(walls))], PAPER, rng.uniform(0, 0.3)),
        roofs[rng.integers(len(roofs))],
    )
    wide, eaves = unit * rng.uniform(0.9, 1.3), foot - unit * 0.62
    draw.rectangle((x, eaves, x + wide, foot), fill=wall)
    draw.rectangle((x + wide * 0.62, eaves, x + wide, foot), fill=mix(wall, INK, 0.16))
    draw.polygon(
        [(x - unit * 0.1, eaves), (x + wide * 0.62, eaves), (x + wide * 0.3, eaves - unit * 0.5)],
        fill=rgb(roof),
    )
    draw.polygon(
        [
            (x + wide * 0.3, eaves - unit * 0.5),
            (x + wide * 0.92, eaves - unit * 0.5),
            (x + wide + unit * 0.1, eaves),
            (x + wide * 0.62, eaves),
        ],
        fill=mix(roof, INK, 0.22),
    )
    draw.rectangle(
        (x + wide * 0.1, eaves + unit * 0.2, x + wide * 0.26, eaves + unit * 0.42),
        fill=mix(GOLD, ORANGE, 0.2),
    )
    draw.rectangle((x + wide * 0.38, eaves + unit * 0.26, x + wide * 0.53, foot), fill=mix(roof, INK, 0.4))


def tree(draw, rng, x, foot, tall, leaves, trunk):
    draw.ellipse(
        (x - tall * 0.3, foot - tall * 0.03, x + tall * 0.3, foot + tall * 0.03),
        fill=mix(leaves[0], INK, 0.45),
    )
    draw.polygon([(x - tall * 0.022, foot), (x + tall * 0.022, foot), (x, foot - tall * 0.7)], fill=trunk)
    for _ in range(130):
        angle, share = rng.uniform(0, 2 * math.pi), math.sqrt(rng.uniform())
        cx, cy = (
            x + math.cos(angle) * tall * 0.25 * share,
            foot - tall * 0.68 + math.sin(angle) * tall * 0.32 * share,
        )
        radius = tall * rng.uniform(0.02, 0.05)
        light = min(max(0.5 - (cy - foot + tall * 0.68) / tall * 1.4 - (cx - x) / tall * 0.6, 0), 1)
        draw.ellipse(
            (cx - radius, cy - radius, cx + radius, cy + radius),
            fill=blend(leaves, light * 0.8 + rng.uniform(0, 0.2)),
        )


def pitch(rng, size):
    width, height = size
    image = Image.new("RGB", size, rgb(GREEN))
    draw = ImageDraw.Draw(image)
    for stripe in range(12):
        tone = mix(GREEN, MINT, 0.12 if stripe % 2 else 0.3)
        draw.rectangle((width * stripe / 12, 0, width * (stripe + 1) / 12, height), fill=tone)
    pad, line = 110, 9
    white = rgb(PAPER)
    draw.rectangle((pad, pad, width - pad, height - pad), outline=white, width=line)
    draw.line((width / 2, pad, width / 2, height - pad), fill=white, width=line)
    draw.ellipse(
        (width / 2 - 250, height / 2 - 250, width / 2 + 250, height / 2 + 250), outline=white, width=line
    )
    for side in (0, 1):
        for deep, wide in ((430, 560), (160, 270)):
            box = (pad, height / 2 - wide, pad + deep, height / 2 + wide)
            box = box if not side else (width - box[2], box[1], width - box[0], box[3])
            draw.rectangle(box, outline=white, width=line)
    for index in range(22):
        spot = rng.uniform(0.12, 0.88, 2) * size
        team = (LAPIS, GOLD)[index % 2]
        shade = Image.new("L", (150, 230), 0)
        ImageDraw.Draw(shade).ellipse((40, 60, 110, 210), fill=120)
        image.paste(
            Image.new("RGB", shade.size, rgb(INK)),
            (int(spot[0]) - 40, int(spot[1]) - 30),
            shade.filter(ImageFilter.GaussianBlur(9)),
        )
        draw.ellipse((*(spot - 36), *(spot + 36)), fill=rgb(team), outline=mix(team, INK, 0.4), width=6)
        draw.ellipse((*(spot - 14), *(spot + 14)), fill=mix(OCHRE, INK, 0.4))
    ball = np.array(size) * (0.57, 0.46)
    draw.ellipse((*(ball - 20), *(ball + 20)), fill=white, outline=rgb(INK), width=5)
    return image


def books(rng, size, tones, shelves=3):
    width, height = size
    image = Image.new("RGB", size, mix(OCHRE, INK, 0.78))
    draw = ImageDraw.Draw(image)
    tall = height / shelves
    for shelf in range(shelves):
        foot, x = tall * (shelf + 1) - 46, 14.0
        while x < width:
            wide, high = rng.uniform(36, 120), tall * rng.uniform(0.6, 0.84)
            lean = 0 if rng.uniform() < 0.93 else wide * 0.5
            tone = mix(tones[rng.integers(len(tones))], [INK, PAPER][rng.integers(2)], rng.uniform(0, 0.25))
            spine(draw, x, foot, wide, high, lean, tone)
            x += wide + lean + 4
        draw.rectangle((0, foot, width, foot + 46), fill=mix(OCHRE, INK, 0.45))
        draw.rectangle((0, foot, width, foot + 8), fill=mix(OCHRE, PAPER, 0.12))
    for shelf in range(shelves):
        glow(image, (width * 0.4, tall * (shelf + 0.3)), width * 0.5, GOLD, 0.12)
    return image


def spine(draw, x, foot, wide, high, lean, tone):
    draw.polygon(
        [(x, foot), (x + wide, foot), (x + wide + lean, foot - high), (x + lean, foot - high)], fill=tone
    )
    draw.line((x + 4, foot, x + 4 + lean, foot - high), fill=mix(tone, PAPER, 0.25), width=6)
    draw.line((x + wide - 3, foot, x + wide - 3 + lean, foot - high), fill=mix(tone, INK, 0.4), width=6)
    for share in (0.14, 0.18, 0.8):
        y, shift = foot - high * share, lean * share
        draw.line((x + 6 + shift, y, x + wide - 6 + shift, y), fill=mix(GOLD, tone, 0.25), width=5)
    if wide > 70:
        draw.rectangle(
            (
                x + wide * 0.25 + lean * 0.5,
                foot - high * 0.62,
                x + wide * 0.75 + lean * 0.5,
                foot - high * 0.46,
            ),
            fill=mix(PAPER, tone, 0.2),
        )


def lanterns(rng, size, sky, crowd):
    """People at a reception under strings of lamps."""
    width, height = size
    image = gradient(size, sky)
    stars(image, rng, 160, height * 0.5)
    draw = ImageDraw.Draw(image)
    for string in range(6):
        start, end = (-50, height * (0.06 + 0.05 * string)), (width + 50, height * (0.02 + 0.07 * string))
        sag = height * rng.uniform(0.1, 0.2)
        ts = np.linspace(0, 1, 60)
        points = [
            (start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t + sag * 4 * t * (1 - t))
            for t in ts
        ]
        draw.line(points, fill=mix(INK, sky[-1], 0.4), width=4)
        for x, y in points[1 + string * 2 % 5 :: 5]:
            glow(image, (x, y + 22), 80, GOLD, 0.5)
            colour = [GOLD, ORANGE, ROSE, SKY, MINT][rng.integers(5)]
            draw.ellipse((x - 20, y, x + 20, y + 48), fill=mix(colour, "#fff3c4", 0.35))
    for row in range(4):
        foot = height * (0.8 + 0.1 * row)
        for x in np.arange(-40, width + 60, 92 + row * 22):
            tall = height * (0.2 + 0.055 * row) * rng.uniform(0.92, 1.08)
            person(
                draw,
                x + rng.uniform(-26, 26),
                foot + tall * 0.3,
                tall,
                mix(crowd[rng.integers(len(crowd))], INK, 0.15 + 0.2 * row),
            )
    return image


def screens(rng, size, ground, tones, columns=6, rows=5):
    """An online meeting: a wall of small windows, each with its speaker."""
    width, height = size
    image = gradient(size, ground)
    draw = ImageDraw.Draw(image)
    gap = width * 0.014
    wide, high = (width - gap * (columns + 1)) / columns, (height - gap * (rows + 1)) / rows
    for row in range(rows):
        for column in range(columns):
            x, y = gap + column * (wide + gap), gap + row * (high + gap)
            tone = tones[rng.integers(len(tones))]
            tile = gradient((round(wide), round(high)), [mix(tone, PAPER, 0.35), tone])
            art = ImageDraw.Draw(tile)
            middle, tall = wide * rng.uniform(0.42, 0.58), high * rng.uniform(0.72, 0.88)
            ridge = line_noise(rng, 60, 4, 3) * high * 0.12 + high * 0.55
            art.polygon(
                [(0, high)] + list(zip(np.linspace(0, wide, 60), ridge)) + [(wide, high)],
                fill=mix(tone, INK, 0.18),
            )
            bust(
                art,
                middle,
                high,
                tall,
                mix(tone, INK, 0.62),
                mix(["#c98f63", "#e2b48c", "#8a5a3c"][rng.integers(3)], tone, 0.1),
                mix([INK, "#4a3226", "#8d8798"][rng.integers(3)], tone, 0.1),
                rng.uniform() < 0.45,
            )
            art.rectangle((0, high - 34, wide * 0.4, high), fill=rgb(DEEP))
            art.rectangle((12, high - 20, wide * 0.4 - 14, high - 12), fill=rgb(PAPER))
            image.paste(tile, (round(x), round(y)))
            if row == rows // 2 and column == columns // 2 - 1:
                draw.rectangle((x - 6, y - 6, x + wide + 6, y + high + 6), outline=rgb(GOLD), width=12)
    return image


def bust(draw, x, foot, tall, cloth, skin, hair, long):
    draw.ellipse(
        (x - tall * 0.18, foot - tall * 0.95, x + tall * 0.18, foot - tall * (0.36 if long else 0.55)),
        fill=hair,
    )
    draw.ellipse((x - tall * 0.42, foot - tall * 0.42, x + tall * 0.42, foot + tall * 0.6), fill=cloth)
    draw.polygon(
        [(x - tall * 0.1, foot - tall * 0.42), (x + tall * 0.1, foot - tall * 0.42), (x, foot - tall * 0.1)],
        fill=rgb(PAPER),
    )
    draw.rectangle(
        (x - tall * 0.08, foot - tall * 0.55, x + tall * 0.08, foot - tall * 0.36), fill=mix(skin, INK, 0.15)
    )
    draw.ellipse((x - tall * 0.15, foot - tall * 0.87, x + tall * 0.15, foot - tall * 0.43), fill=skin)
    draw.chord(
        (x - tall * 0.17, foot - tall * 0.94, x + tall * 0.17, foot - tall * 0.58), 195, 345, fill=hair
    )


NIGHT = ["#0a1020", DEEP, LAPIS, "#4a5aa0"]
DUSK = [DEEP, "#5b4a8c", ROSE, ORANGE, GOLD]
DAWN = ["#7fb2e0", SKY, "#fbe6c4", GOLD]
DAY = [BLUE, SKY, "#e6f0fa"]
ROCK = ["#b9cbe6", "#7f9ac8", LAPIS, DEEP, "#0d1730"]
FOREST = ["#bcd9cf", "#6fae9b", GREEN, "#174a40", "#0c2822"]
CLAY = ["#f0cfa8", "#d99a62", RUST, "#7a2c0c", "#43170a"]
EVENING_SEA = ["#f4b077", "#8a5f93", LAPIS, DEEP]
CLEAR_SEA = [SKY, BLUE, LAPIS, DEEP]

# name: (size, scene, arguments)
PICTURES = {
    "ministers-online.jpg": (
        WIDE,
        screens,
        dict(ground=[DEEP, INK], tones=[LAPIS, PLUM, GREEN, OCHRE, BLUE, RUST, "#5a6a8c"]),
    ),
    "ministers-hall.jpg": (WIDE, hall, dict(sky=NIGHT, stone="#8d8798")),
    "ministers-girih.jpg": (
        WIDE,
        girih,
        dict(ground=DEEP, tiles=[BLUE, OCHRE, LAPIS], strap=SUNK, light=GOLD),
    ),
    "youth-council.jpg": (WIDE, round_table, dict(floor="#d8c7a4", wood="#8a5a34", seats=42)),
    "volunteers-trees.jpg": (WIDE, grove, dict(sky=DAWN, leaves=["#174a40", GREEN, MINT, "#cfe88a"])),
    "volunteers-fields.jpg": (
        WIDE,
        fields,
        dict(tones=[GREEN, MINT, OCHRE, "#d8cf9a", "#8fae6c"], river=BLUE),
    ),
    "finance-network.jpg": (
        WIDE,
        network,
        dict(ground=[DEEP, LAPIS, DEEP], tones=[GOLD, SKY, MINT, ORANGE, ROSE]),
    ),
    "working-group.jpg": (WIDE, desk_papers, dict(ground="#7a5230", accent=LAPIS, seal=False)),
    "forum-day.jpg": (
        WIDE,
        lanterns,
        dict(sky=["#101a3c", LAPIS, "#6a5a98", ROSE], crowd=[PLUM, LAPIS, GREEN, RUST, DEEP]),
    ),
    "dust-dunes.jpg": (
        WIDE,
        dunes,
        dict(
            sky=["#c9925a", "#e8c08a", "#f7e2bd"], sand=["#e9c48e", "#d59a58", "#b0662c", "#6e3414"], veil=0.5
        ),
    ),
    "think-tank-bay.jpg": (WIDE, skyline, dict(sky=["#27407f", "#7a86bd", "#e8b58f", GOLD], near="#14203f")),
    "think-tank-books.jpg": (WIDE, books, dict(tones=[LAPIS, PLUM, RUST, OCHRE, GREEN, BLUE, SUNK, DEEP])),
    "tourism-valley.jpg": (WIDE, mountains, dict(sky=DAY, land=FOREST, sun=(0.72, 0.2), snow=True)),
    "finance-draft.jpg": (WIDE, desk_papers, dict(ground="#27345c", accent=OCHRE, seal=False, sheets=7)),
    "working-group-table.jpg": (WIDE, round_table, dict(floor="#a9b4c9", wood="#5d3a26", seats=30)),
    "mining-strata.jpg": (WIDE, strata, dict(layers=[OCHRE, RUST, "#8a6a4a", "#5a4a50", PLUM, "#3d4656"])),
    "harm-reduction.jpg": (WIDE, contours, dict(ramp=["#f7e3d0", ORANGE, RUST, PLUM], bands=18, pins=9)),
    "military-map.jpg": (
        WIDE,
        contours,
        dict(ramp=["#d9e6d2", "#a9c29a", "#d8c58f", "#b88f5a", "#f4efe6"], pins=7, coast=0.22),
    ),
    "host-agreement.jpg": (WIDE, desk_papers, dict(ground="#1d5146", accent=PLUM)),
    "business-council.jpg": (
        WIDE,
        skyline,
        dict(sky=[BLUE, SKY, "#fbe3bd", GOLD], near=LAPIS, river=False, rise=1.7),
    ),
    "business-market.jpg": (WIDE, carpet, dict(wools=[RUST, OCHRE, DEEP, GOLD, PLUM, INK], knots=170)),
    "corridors-port.jpg": (WIDE, port, dict(sky=["#3b4a86", "#a06a92", ORANGE, GOLD], water=EVENING_SEA)),
    "corridors-rail.jpg": (
        WIDE,
        steppe,
        dict(sky=DAY, land=["#d9c68a", OCHRE, "#7d6a2a"], road=False, rail=True, turbines=6),
    ),
    "mine-conference.jpg": (
        WIDE,
        mountains,
        dict(sky=["#6a4a70", ORANGE, GOLD], land=CLAY, sun=(0.3, 0.3), layers=8),
    ),
    "technology-network.jpg": (
        WIDE,
        network,
        dict(ground=["#0c1322", "#173c4a", "#0c1322"], tones=[MINT, SKY, GOLD, BLUE], nodes=58, ties=130),
    ),
    "dryland-fields.jpg": (WIDE, fields, dict(tones=[OCHRE, "#d9b672", "#c98f4a", "#8f9a4e", "#e8d7a8"])),
    "ratification.jpg": (WIDE, desk_papers, dict(ground="#5a1e2c", accent=LAPIS, sheets=3)),
    "senior-officials.jpg": (WIDE, round_table, dict(floor="#2c3550", wood="#b08050", seats=28)),
    "poverty-dialogue.jpg": (
        WIDE,
        village,
        dict(
            sky=DAWN,
            hills=["#bcd9cf", "#8fc0a6", "#6fa06a", GREEN, "#1c5a44"],
            walls=[SUNK, "#e6cfa6", RULE],
            roofs=[RUST, PLUM, "#8a4a2c"],
        ),
    ),
    "senior-officials-online.jpg": (
        WIDE,
        screens,
        dict(ground=["#3a2a44", INK], tones=["#7a6a90", OCHRE, GREEN, LAPIS, RUST], columns=5, rows=4),
    ),
    "eminent-persons.jpg": (
        WIDE,
        girih,
        dict(ground="#f3ead6", tiles=[RUST, OCHRE, GREEN], strap=DEEP, scale=11),
    ),
    "essay-houses.jpg": (
        WIDE,
        skyline,
        dict(sky=["#101a3c", "#3d4f96", "#b98aa8", "#f2c08a"], near="#1b1a33"),
    ),
    "it-seminar.jpg": (
        WIDE,
        port,
        dict(sky=DAWN, water=CLEAR_SEA, sun=(0.3, 0.22), cranes=3, tone="#1f4a5a"),
    ),
    "football.jpg": (WIDE, pitch, dict()),
    "carpet-gift.jpg": (WIDE, carpet, dict(wools=[LAPIS, SKY, PLUM, SUNK, RUST, INK], knots=150)),
    "glaciers-2026.jpg": (
        WIDE,
        mountains,
        dict(sky=["#2a4f9a", "#8fb8e6", "#eef4fb"], land=ROCK, snow=True, layers=6, horizon=0.42),
    ),
    "headquarters-2026.jpg": (
        WIDE,
        hall,
        dict(sky=["#241a4a", "#5b4a8c", ROSE, ORANGE], stone="#a08a78", arches=15, dome=False),
    ),
    "ports-2026.jpg": (
        WIDE,
        port,
        dict(sky=[LAPIS, BLUE, SKY, "#f6e7c8"], water=CLEAR_SEA, sun=(0.84, 0.36), cranes=2),
    ),
    "working-group-2026.jpg": (WIDE, contours, dict(ramp=[DEEP, LAPIS, BLUE, SKY, PAPER], bands=20, pins=6)),
    "youth-network.jpg": (
        WIDE,
        network,
        dict(ground=[PAPER, TINT, SUNK], tones=[PLUM, RUST, OCHRE, GREEN, LAPIS]),
    ),
    "forum-day-customs-house.jpg": (
        WIDE,
        hall,
        dict(sky=["#2a1a44", PLUM, RUST, ORANGE], stone="#b59a7a", arches=9),
    ),
    "dust-map.jpg": (
        WIDE,
        contours,
        dict(ramp=["#f7ecd2", "#e8c88c", "#c98f4a", "#8a5a30"], bands=22, pins=8),
    ),
    "tourism-map.jpg": (
        WIDE,
        contours,
        dict(ramp=["#cfe3c4", MINT, GREEN, "#d8c58f", PAPER], bands=24, pins=9),
    ),
    "host-agreement-house.jpg": (
        WIDE,
        hall,
        dict(sky=[BLUE, SKY, "#fbe6c4"], stone="#c9b594", arches=13, dome=False, lamp=SKY, night=False),
    ),
    "business-road.jpg": (WIDE, steppe, dict(sky=DUSK, land=["#c98f6a", "#8a5a4a", "#3d2a3a"])),
    "mine-galleries.jpg": (WIDE, strata, dict(layers=["#5a6a8c", LAPIS, "#3d4656", GREEN, "#2a3040", BLUE])),
    "dryland-steppe.jpg": (
        WIDE,
        mountains,
        dict(sky=DAWN, land=["#efe0b4", "#d9b672", OCHRE, "#6e5416"], sun=(0.2, 0.28)),
    ),
    "ratification-linen.jpg": (
        WIDE,
        girih,
        dict(ground="#7b7f8a", tiles=["#9a9da6", RULE, SUNK], strap=LAPIS, scale=8),
    ),
    "officials-papers.jpg": (WIDE, desk_papers, dict(ground="#3d4a3a", accent=GREEN, seal=False, sheets=6)),
    "essay-books.jpg": (WIDE, books, dict(tones=[ROSE, SKY, MINT, GOLD, ORANGE, PLUM, BLUE], shelves=4)),
    "it-delta.jpg": (WIDE, fields, dict(tones=[MINT, GREEN, "#6fae9b", "#9ac08a", "#c9d9a0"], river=SKY)),
    "page-girih.jpg": (PAGE, girih, dict(ground="#2a1030", tiles=[PLUM, RUST, OCHRE], strap=GOLD, scale=9)),
    "page-mountains.jpg": (
        PAGE,
        mountains,
        dict(
            sky=DUSK,
            land=["#c99ab0", "#7a5a98", LAPIS, DEEP, "#0a1024"],
            sun=(0.62, 0.36),
            layers=9,
            horizon=0.44,
        ),
    ),
    "page-harbour.jpg": (
        PAGE,
        port,
        dict(sky=NIGHT + [ROSE, ORANGE], water=EVENING_SEA, sun=(0.82, 0.5), cranes=2, cloud=0.0),
    ),
    "page-hall.jpg": (
        PAGE,
        hall,
        dict(sky=["#050914", "#0e1838", LAPIS, "#5b5a98"], stone="#7c7f96", arches=7),
    ),
    "page-carpet.jpg": (PAGE, carpet, dict(wools=["#7a1c1c", OCHRE, DEEP, "#f0e2c0", GREEN, INK], knots=120)),
}


def draw_picture(name):
    """The finished picture of that name, at its printed size."""
    size, scene, arguments = PICTURES[name]
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    image = scene(rng, (size[0] * OVERSAMPLE, size[1] * OVERSAMPLE), **arguments)
    image = image.resize(size, Image.LANCZOS)
    tooth = rng.normal(0, 1.6, (size[1], size[0], 1))
    return Image.fromarray(np.clip(np.asarray(image) + tooth, 0, 255).astype("uint8"))


def main(folder="records/practice/files", *names):
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for name in names or PICTURES:
        draw_picture(name).save(target / name, quality=QUALITY, optimize=True, progressive=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
