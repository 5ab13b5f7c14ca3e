package io.progress.sse.sample.mvc;

/**
 * A printed book.
 *
 * @param title its title
 * @param pages how many pages it has
 */
record Book(String title, int pages) {

}
