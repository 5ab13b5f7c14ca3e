package io.progress.sse.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.progress.sse.support.BrokenRuleException;

/**
 * The URLs that are allowed for webhooks. A URL may come from a client, which must not
 * use this server to reach internal addresses. Therefore the addresses behind a name are
 * checked as well, right before they are used.
 *
 * @param allowHttp Whether http URLs are allowed, which are not encrypted.
 * @param allowPrivateAddresses Whether URLs may lead to addresses outside the public
 * internet.
 */
@ConfigurationProperties("progress.sse.webhooks")
public record WebhookTargets(@DefaultValue("false") boolean allowHttp,
		@DefaultValue("false") boolean allowPrivateAddresses) {

	/**
	 * Matches IPv4 addresses in the usual form only; programs read short, octal and
	 * hexadecimal forms differently.
	 */
	private static final Pattern IPV4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

	private static final int MAX_LENGTH = 2048;

	private static final int FIRST_FREE_PORT = 1024;

	/**
	 * Checks a URL, without looking up its host.
	 * @param name name of the URL for the message
	 * @param url the URL
	 * @return the URL, in ASCII
	 * @throws IllegalArgumentException if the URL is not allowed; the message names the
	 * broken rule, and nothing about this server
	 */
	public URI check(String name, URI url) {
		String scheme = url.getScheme();
		require(name, "https".equalsIgnoreCase(scheme) || (this.allowHttp && "http".equalsIgnoreCase(scheme)),
				this.allowHttp ? "be an https or http URL" : "be an https URL");
		String host = url.getHost();
		require(name, host != null, "name a host");
		require(name, !host.endsWith("."), "name a host without a dot at the end");
		require(name, url.getRawUserInfo() == null, "not contain credentials");
		require(name, url.getRawFragment() == null, "not contain a fragment");
		int port = url.getPort();
		require(name, port == -1 || port == 80 || port == 443 || (port >= FIRST_FREE_PORT && port <= 65535),
				"use port 80, 443, or one from 1024 to 65535");
		URI ascii = URI.create(url.toASCIIString());
		require(name, ascii.toString().length() <= MAX_LENGTH, "have at most " + MAX_LENGTH + " characters");
		require(name, !isLiteral(host) || mayReachLiteral(host), "lead to a public address");
		return ascii;
	}

	/**
	 * Checks an address of a URL's host.
	 */
	boolean mayReach(InetAddress address) {
		return this.allowPrivateAddresses || PublicAddresses.contains(address);
	}

	/**
	 * Whether a host looks like an address. Also true for texts that only some programs
	 * treat as an address: no domain name ends in a label that starts with a digit.
	 */
	private static boolean isLiteral(String host) {
		return host.startsWith("[") || Character.isDigit(host.charAt(host.lastIndexOf('.') + 1));
	}

	private boolean mayReachLiteral(String host) {
		try {
			return (host.startsWith("[") || IPV4.matcher(host).matches()) && mayReach(InetAddress.getByName(host));
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	private static void require(String name, boolean condition, String rule) {
		if (!condition) {
			throw new BrokenRuleException("'" + name + "'", "must " + rule, null, null, null);
		}
	}

}
