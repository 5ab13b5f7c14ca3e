package io.progress.sse.boxtests;

import java.nio.file.Path;

/**
 * What stands between a client and the application; {@link #NONE} to compare with.
 */
enum Box {

	NONE, NGINX, NGINX_GZIP, NGINX_HTTP2, HAPROXY, HAPROXY_NO_DELAY, HAPROXY_GZIP, APACHE, APACHE_GZIP, GATEWAY_WEBFLUX,
	GATEWAY_WEBMVC;

	/**
	 * Starts the box, in front of an application. Aborts the test if its program is not
	 * installed.
	 * @param upstream the port of the application
	 * @param folder an empty folder for the files of the box
	 */
	RunningBox start(int upstream, Path folder) throws Exception {
		return switch (this) {
			case NONE -> new RunningBox("http", upstream, () -> {
			});
			case NGINX -> Programs.nginx(upstream, folder, "");
			case NGINX_GZIP ->
				Programs.nginx(upstream, folder, "gzip on; gzip_proxied any; gzip_min_length 0; gzip_types *;");
			case NGINX_HTTP2 -> Programs.nginxWithHttp2(upstream, folder);
			case HAPROXY -> Programs.haproxy(upstream, folder, "");
			case HAPROXY_NO_DELAY -> Programs.haproxy(upstream, folder, "option http-no-delay");
			case HAPROXY_GZIP -> Programs.haproxy(upstream, folder, """
					option http-no-delay
					  compression algo gzip
					  compression type text/event-stream application/json""");
			case APACHE -> Programs.apache(upstream, folder, "");
			case APACHE_GZIP -> Programs.apache(upstream, folder, "SetOutputFilter DEFLATE");
			case GATEWAY_WEBFLUX -> Gateway.reactive(upstream);
			case GATEWAY_WEBMVC -> Gateway.servlet(upstream);
		};
	}

}
