package io.progress.sse.autoconfigure;

/**
 * The default limit of open streams. It depends on how much memory the server needs for
 * an idle one.
 *
 * @param streams how many
 */
record DefaultMaxStreams(int streams) {

	static final DefaultMaxStreams REACTIVE = new DefaultMaxStreams(10_000);

	/**
	 * The default of a servlet container.
	 * @param serverInfo what it calls itself, such as {@code Apache Tomcat/11.0.24}
	 */
	static DefaultMaxStreams of(String serverInfo) {
		return new DefaultMaxStreams(serverInfo.startsWith("jetty/") ? 2_000 : 1_000);
	}

}
