package io.progress.sse.autoconfigure;

/**
 * The default limit of open streams. It depends on how much memory the server needs for
 * an idle one.
 *
 * @param streams the limit
 */
record DefaultMaxStreams(int streams) {

	/**
	 * Returns the default for a servlet container.
	 * @param serverInfo the name that it gives itself, such as
	 * {@code Apache Tomcat/11.0.24}
	 */
	static DefaultMaxStreams of(String serverInfo) {
		return new DefaultMaxStreams(serverInfo.startsWith("jetty/") ? 2_000 : 1_000);
	}

}
