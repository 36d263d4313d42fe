"""Writes a fixture of the kind "image-processor": pictures, their pixels as Pillow decodes them, the uint8 input of
CLIP in both aspect modes, and resizes with every filter.

    pip install pillow==13.0.0 numpy safetensors
    python tools/reference/image_processor.py OUTPUT [--image FILE ...] [--drawn WIDTHxHEIGHT ...] [--formats]
                                              [--sizes 224 336] [--resizes WIDTHxHEIGHT ...] [--seed 0]

The committed fixture was made with:
    python tools/reference/image_processor.py tests/fixtures/image-processor-formats \\
        --formats --drawn 1x1 3x97 110x401 --sizes 48 --resizes 20x33 150x17 61x20 30x43 --seed 1

Pillow 12 and older go over columns and rows in another order in some shapes (docs/decisions/image-decoding.md).
The steps follow CLIPImageProcessor of transformers 4.37 and `expand2square` of the original LLaVA.
"""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
from PIL import Image, __version__ as pillow_version
from safetensors.numpy import save_file

MEAN = [0.48145466, 0.4578275, 0.40821073]
STD = [0.26862954, 0.26130258, 0.27577711]
FILTERS = {"nearest": Image.NEAREST, "bilinear": Image.BILINEAR, "bicubic": Image.BICUBIC}


def size_argument(text):
    width, height = text.split("x")
    return int(width), int(height)


def draw(width, height, channels, random):
    """Waves with hard-edged boxes on top: smooth parts, sharp edges and full contrast in one picture."""
    rows, columns = np.mgrid[0:height, 0:width]
    planes = []
    for _ in range(channels):
        phase, horizontal, vertical = random.uniform(0, 6), random.uniform(2, 12), random.uniform(2, 12)
        planes.append(127 + 90 * np.sin(columns / horizontal + phase) + 60 * np.cos(rows / vertical))
    pixels = np.clip(np.stack(planes, -1), 0, 255).astype(np.uint8)
    for _ in range(6):
        left, top = random.integers(0, width), random.integers(0, height)
        box = (slice(top, top + 1 + height // 4), slice(left, left + 1 + width // 4))
        pixels[box] = random.integers(0, 2, channels) * 255
    return pixels


def write_formats(folder, random):
    """One small picture per way of storing pixels."""
    pixels = draw(61, 43, 4, random)
    rgba = Image.fromarray(pixels)
    rgb = Image.fromarray(np.ascontiguousarray(pixels[:, :, :3]))
    grey = Image.fromarray(np.ascontiguousarray(pixels[:, :, 0]))
    palette = rgb.quantize(19)
    rotated = Image.Exif()
    rotated[0x0112] = 6
    frames = [Image.fromarray(np.roll(pixels[:, :, :3], 9 * i, axis=1)) for i in range(3)]

    rgb.save(folder / "rgb.jpg", quality=90)
    rgb.save(folder / "rgb-progressive.jpg", quality=60, progressive=True)
    rgb.save(folder / "rgb-rotated-by-exif.jpg", quality=90, exif=rotated)
    grey.save(folder / "grey.jpg", quality=90)
    Image.fromarray(pixels, "CMYK").save(folder / "cmyk.jpg", quality=95)
    Image.fromarray(pixels, "CMYK").save(folder / "cmyk.tif")
    rgba.save(folder / "rgba.png")
    rgb.save(folder / "rgb-rotated-by-exif.png", exif=rotated)
    grey.save(folder / "grey.png")
    Image.fromarray(np.ascontiguousarray(pixels[:, :, :2]), "LA").save(folder / "grey-alpha.png")
    grey.convert("1").save(folder / "bits.png")
    palette.save(folder / "palette.png")
    palette.save(folder / "palette-transparent.png", transparency=3)
    rgb.save(folder / "rgb.tif")
    rgb.save(folder / "rgb.webp", quality=80)
    rgba.save(folder / "rgba-lossless.webp", lossless=True, exact=True)
    frames[0].save(folder / "animated.webp", save_all=True, append_images=frames[1:], lossless=True)
    frames[0].save(folder / "animated.gif", save_all=True, append_images=frames[1:])
    palette.save(folder / "transparent.gif", transparency=3)


def expand_to_square(image):
    width, height = image.size
    if width == height:
        return image
    edge = max(width, height)
    square = Image.new("RGB", (edge, edge), tuple(int(channel * 255) for channel in MEAN))
    square.paste(image, ((edge - width) // 2, (edge - height) // 2))
    return square


def shortest_edge_and_crop(image, size):
    width, height = image.size
    short, long = min(width, height), max(width, height)
    new_long = int(size * long / short)
    new_width, new_height = (size, new_long) if width <= height else (new_long, size)
    pixels = np.asarray(image.resize((new_width, new_height), resample=Image.BICUBIC))
    top, left = (new_height - size) // 2, (new_width - size) // 2
    return pixels[top : top + size, left : left + size]


def normalise(pixels):
    scaled = (pixels * (1 / 255)).astype(np.float32)
    return ((scaled - np.array(MEAN, np.float32)) / np.array(STD, np.float32)).transpose(2, 0, 1)


def channels_first(pixels):
    return np.ascontiguousarray(np.asarray(pixels).transpose(2, 0, 1))


def main():
    parser = argparse.ArgumentParser(description="Write an image-processor fixture.")
    parser.add_argument("output", type=Path)
    parser.add_argument("--image", type=Path, nargs="*", default=[])
    parser.add_argument("--drawn", type=size_argument, nargs="*", default=[])
    parser.add_argument("--formats", action="store_true")
    parser.add_argument("--sizes", type=int, nargs="*", default=[224, 336])
    parser.add_argument("--resizes", type=size_argument, nargs="*", default=[])
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()

    random = np.random.default_rng(options.seed)
    images = options.output / "images"
    shutil.rmtree(images, ignore_errors=True)
    images.mkdir(parents=True)
    for path in options.image:
        shutil.copy(path, images / path.name)
    for width, height in options.drawn:
        Image.fromarray(draw(width, height, 3, random)).save(images / f"drawn-{width}x{height}.png")
    if options.formats:
        write_formats(images, random)

    tensors, cases, resizes = {}, [], []
    for path in sorted(images.iterdir()):
        with Image.open(path) as opened:
            in_colour = opened.mode in ("RGB", "RGBA")
            image = opened.convert("RGB")
        tensors[f"decoded.{path.name}"] = channels_first(image)
        for size in options.sizes:
            for mode in ("crop", "pad"):
                pixels = shortest_edge_and_crop(expand_to_square(image) if mode == "pad" else image, size)
                tensor = f"{path.name}.{size}.{mode}"
                tensors[tensor] = channels_first(pixels)
                values = normalise(pixels)
                cases.append({
                    "image": path.name, "size": size, "mode": mode, "tensor": tensor,
                    "normalised_sum": float(values.astype(np.float64).sum()),
                    "normalised_first": [float(value) for value in values.ravel()[:4]],
                })
        if path.suffix == ".png" and in_colour:
            for width, height in options.resizes:
                for name, pillow_filter in FILTERS.items():
                    tensor = f"{path.name}.{width}x{height}.{name}"
                    tensors[tensor] = channels_first(image.resize((width, height), resample=pillow_filter))
                    resizes.append({
                        "image": path.name, "width": width, "height": height, "resample": name, "tensor": tensor,
                    })

    save_file(tensors, options.output / "golden.safetensors")
    golden = {
        "kind": "image-processor",
        "needs": {"images": "images"},
        "what": "uint8 [3, size, size] after RGB, (pad to square with the mean colour), bicubic resize of the shorter "
        f"side, centre crop; normalise = (x/255 - mean)/std; resizes alone per filter. Made with PIL {pillow_version}",
        "mean": MEAN,
        "std": STD,
        "cases": cases,
        "resizes": resizes,
    }
    (options.output / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
