package attachment

import (
	"bytes"
	"image"
	"image/draw"
	_ "image/gif" // of which the first picture goes on
	"image/jpeg"
	"image/png"

	_ "golang.org/x/image/webp" // goes on as PNG
)

// mostPixels bounds what a small file may unpack to: four bytes each.
const mostPixels = 30_000_000

// picture draws an image anew: nothing is left of it but what is seen.
func picture(content []byte) ([]byte, string, error) {
	conf, format, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return nil, "", err
	}
	if conf.Width <= 0 || conf.Height <= 0 || conf.Width > mostPixels/conf.Height {
		return nil, "", refused(TooLarge)
	}
	img, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil, "", err
	}
	var out bytes.Buffer
	if format != "jpeg" {
		err := png.Encode(&out, img)
		return out.Bytes(), "png", err
	}
	const quality = 90
	err = jpeg.Encode(&out, upright(img, orientation(content)), &jpeg.Options{Quality: quality})
	return out.Bytes(), "jpg", err
}

// upright turns a photograph as its camera said that it was held: 1 to 8, as in Exif.
func upright(img image.Image, orientation int) image.Image {
	if orientation < 2 || orientation > 8 {
		return img
	}
	b := img.Bounds()
	flat := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(flat, flat.Bounds(), img, b.Min, draw.Src)
	w, h := b.Dx(), b.Dy()
	turned := orientation >= 5
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if turned {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			fromX, fromY := source(orientation, x, y, w, h)
			copy(out.Pix[out.PixOffset(x, y):][:4], flat.Pix[flat.PixOffset(fromX, fromY):][:4])
		}
	}
	return out
}

// source is which pixel of a picture of this size stands at x and y once it is upright.
func source(orientation, x, y, w, h int) (fromX, fromY int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	}
	return w - 1 - y, x // 8
}
