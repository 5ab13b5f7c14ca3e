package io.progress.sse.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The address that a request comes from. The last 64 bits of an IPv6 address are ignored,
 * because a client can choose them freely (RFC 4291, 2.5.1).
 */
final class ClientAddress {

	private static final String UNKNOWN = "unknown";

	private static final int PREFIX = 8;

	private ClientAddress() {
	}

	static String of(ServerHttpRequest request) {
		InetSocketAddress remote = request.getRemoteAddress();
		return (remote != null) ? of(remote) : UNKNOWN;
	}

	static String of(InetSocketAddress remote) {
		InetAddress address = remote.getAddress();
		if (address == null) {
			return remote.getHostString();
		}
		return (address instanceof Inet6Address) ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), PREFIX))
				: address.getHostAddress();
	}

}
