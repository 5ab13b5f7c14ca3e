package io.progress.sse.sample.pdf;

/**
 * Which way paper is held.
 */
enum Orientation {

	PORTRAIT, LANDSCAPE

}
