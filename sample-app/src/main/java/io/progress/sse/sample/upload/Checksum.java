package io.progress.sse.sample.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.progress.sse.ProgressReporter;

/**
 * SHA-256 of files.
 */
final class Checksum {

	private Checksum() {
	}

	/**
	 * The checksum of a file.
	 */
	static String of(Path file, ProgressReporter progress) throws IOException {
		return ofTransfer(file, OutputStream.nullOutputStream(), progress);
	}

	/**
	 * The checksum of what was read from a file while it was copied.
	 */
	static String ofTransfer(Path file, OutputStream target, ProgressReporter progress) throws IOException {
		MessageDigest digest = sha256();
		try (InputStream in = new DigestInputStream(progress.wrap(Files.newInputStream(file), Files.size(file)),
				digest)) {
			in.transferTo(target);
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JVM has SHA-256", ex);
		}
	}

}
