//! A text as a QR code in a PNG image.

use png::{BitDepth, ColorType, Encoder};
use qrcode::{Color, QrCode};

use super::error::{Error, Result};

/// White modules around the code, as the standard asks for.
const QUIET: usize = 4;
/// Pixels along the side of a module. At one bit a pixel, a row of a module is exactly one byte.
const PIXELS: usize = 8;

/// The text as a black and white PNG.
pub(super) fn png(text: &str) -> Result<Vec<u8>> {
    let failed = |what: &dyn std::fmt::Display| Error::Corrupt(format!("no QR code for an MFA device: {what}"));
    let code = QrCode::new(text).map_err(|e| failed(&e))?;
    let width = code.width() + 2 * QUIET;
    let side = u32::try_from(width * PIXELS).map_err(|e| failed(&e))?;
    let mut image = Vec::new();
    let mut encoder = Encoder::new(&mut image, side, side);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::One);
    let mut writer = encoder.write_header().map_err(|e| failed(&e))?;
    writer.write_image_data(&pixels(&code, width)).map_err(|e| failed(&e))?;
    writer.finish().map_err(|e| failed(&e))?;
    Ok(image)
}

fn pixels(code: &QrCode, width: usize) -> Vec<u8> {
    let inside = QUIET..width - QUIET;
    let shade = |x: usize, y: usize| {
        let dark = inside.contains(&x) && inside.contains(&y) && code[(x - QUIET, y - QUIET)] == Color::Dark;
        if dark { 0x00 } else { 0xff }
    };
    let rows = (0..width).flat_map(|y| std::iter::repeat_n(y, PIXELS));
    rows.flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| shade(x, y)).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_image_is_a_png_with_the_finder_in_its_corner() {
        let image = super::png("otpauth://totp/ann@123456789012?secret=ABCDEFGH").unwrap();
        let decoder = png::Decoder::new(std::io::Cursor::new(image));
        let mut reader = decoder.read_info().unwrap();
        let (width, stride) = (reader.info().width as usize, reader.info().width as usize / 8);
        let mut rows = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut rows).unwrap();
        assert_eq!(rows.len(), width * stride);
        let row = |y: usize| &rows[y * 8 * stride..][..stride];
        assert!(row(0).iter().all(|b| *b == 0xff), "the quiet zone is white");
        assert_eq!(row(4)[3..12], [0xff, 0, 0, 0, 0, 0, 0, 0, 0xff], "seven dark modules");
        assert_eq!(row(5)[4..11], [0, 0xff, 0xff, 0xff, 0xff, 0xff, 0]);
    }
}
