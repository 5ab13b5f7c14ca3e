package io.progress.sse.sample.upload;

/**
 * What was found out about a file.
 *
 * @param mediaType what it is
 * @param sha256 its checksum, in hexadecimal digits
 */
record Scanned(String mediaType, String sha256) {

	boolean isText() {
		return this.mediaType.startsWith("text/") || this.mediaType.endsWith("json") || this.mediaType.endsWith("xml");
	}

	boolean isPicture() {
		return this.mediaType.equals("image/jpeg") || this.mediaType.equals("image/png");
	}

}
