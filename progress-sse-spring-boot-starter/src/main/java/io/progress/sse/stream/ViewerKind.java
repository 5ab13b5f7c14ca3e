package io.progress.sse.stream;

/**
 * Where the viewers of jobs are.
 */
public enum ViewerKind {

	/** Behind a connection of Reactor Netty. */
	NETTY,

	/** Behind a connection of a servlet container, or of another server. */
	SERVLET,

	/** In this process: a subscriber of the application. */
	APPLICATION

}
