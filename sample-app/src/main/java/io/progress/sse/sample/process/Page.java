package io.progress.sse.sample.process;

/**
 * A page of the site.
 *
 * @param path its path
 * @param title what it is called
 * @param text what it says
 */
record Page(String path, String title, String text) {

}
