package io.progress.sse.sample;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;

import javax.imageio.ImageIO;

/**
 * Pictures to convert.
 */
public final class Pictures {

	private static final int AFTER_JFIF = 20;

	private Pictures() {
	}

	/** Grain on a slope, so that codecs have something to do. */
	public static byte[] jpeg(int width, int height) {
		return encode(grain(width, height), "jpeg");
	}

	/** The same, without loss and so much longer. */
	public static byte[] png(int width, int height) {
		return encode(grain(width, height), "png");
	}

	private static BufferedImage grain(int width, int height) {
		BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		Random random = new Random(42);
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < width; x++) {
				int grey = x * 200 / width + random.nextInt(16);
				image.setRGB(x, y, new Color(grey, grey, y * 255 / height).getRGB());
			}
		}
		return image;
	}

	public static byte[] transparentPng(int width, int height) {
		return encode(new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB), "png");
	}

	/** Taken with the camera turned to the left: EXIF orientation 6. */
	public static byte[] turnedJpeg(int width, int height) {
		byte[] jpeg = jpeg(width, height);
		byte[] exif = HexFormat.of()
			.parseHex("ffe10022" + "457869660000" + "4d4d002a00000008" + "0001" + "011200030000000100060000"
					+ "00000000");
		return ByteBuffer.allocate(jpeg.length + exif.length)
			.put(jpeg, 0, AFTER_JFIF)
			.put(exif)
			.put(jpeg, AFTER_JFIF, jpeg.length - AFTER_JFIF)
			.array();
	}

	public static Path save(byte[] picture, Path file) {
		try {
			return Files.write(file, picture);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] encode(BufferedImage image, String format) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try {
			ImageIO.write(image, format, out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return out.toByteArray();
	}

}
