package io.progress.sse.webhook;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Recognizes addresses of the public internet, by the
 * <a href= "https://www.iana.org/assignments/iana-ipv4-special-registry">IANA
 * special-purpose registries</a>. For an IPv6 address that contains an IPv4 address, the
 * IPv4 address is checked, or it is refused.
 */
final class PublicAddresses {

	private static final List<Block> IPV4_SPECIAL = blocks("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
			"169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
			"198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", // multicast,
																					// reserved,
																					// broadcast
			"168.63.129.16/32"); // internal addresses of cloud providers

	private static final List<Block> IPV6_GLOBAL = blocks("2000::/3");

	private static final List<Block> IPV6_SPECIAL = blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

	private static final List<Block> IPV4_BEHIND_IPV6 = blocks("64:ff9b::/96");

	private PublicAddresses() {
	}

	static boolean contains(InetAddress address) {
		if (address instanceof Inet4Address) {
			return !isIn(IPV4_SPECIAL, address);
		}
		if (isIn(IPV4_BEHIND_IPV6, address)) {
			return contains(address(Arrays.copyOfRange(address.getAddress(), 12, 16)));
		}
		return isIn(IPV6_GLOBAL, address) && !isIn(IPV6_SPECIAL, address);
	}

	private static boolean isIn(List<Block> blocks, InetAddress address) {
		return blocks.stream().anyMatch((block) -> block.contains(address));
	}

	private static List<Block> blocks(String... blocks) {
		return Stream.of(blocks).map(Block::of).toList();
	}

	private static InetAddress address(byte[] bytes) {
		try {
			return InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private record Block(BigInteger prefix, int hostBits) {

		static Block of(String block) {
			int slash = block.indexOf('/');
			try {
				byte[] address = InetAddress.getByName(block.substring(0, slash)).getAddress();
				int hostBits = address.length * 8 - Integer.parseInt(block.substring(slash + 1));
				return new Block(new BigInteger(1, address).shiftRight(hostBits), hostBits);
			}
			catch (UnknownHostException ex) {
				throw new IllegalArgumentException("'" + block + "' must be a block of addresses", ex);
			}
		}

		boolean contains(InetAddress address) {
			return new BigInteger(1, address.getAddress()).shiftRight(this.hostBits).equals(this.prefix);
		}

	}

}
