package io.progress.sse.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WebhookTargetsTests {

	private final WebhookTargets strict = new WebhookTargets(false, false);

	@ParameterizedTest
	@ValueSource(strings = { "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200",
			"100.127.255.255", "127.0.0.1", "127.255.255.255", "169.254.0.1", "169.254.169.254", "169.254.170.2",
			"172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1",
			"198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
			"255.255.255.255", "168.63.129.16", //
			"::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:a00:1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
			"64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:7f00:1::", "2001:db8::1",
			"2002:7f00:1::", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "5f00::1" })
	void refusesAddressesOutsideThePublicInternet(String address) throws UnknownHostException {
		assertThat(this.strict.mayReach(InetAddress.getByName(address))).isFalse();
		String host = address.contains(":") ? "[" + address + "]" : address;
		assertThatIllegalArgumentException().isThrownBy(() -> check("https://" + host + "/hook"))
			.withMessage("'webhook' must lead to a public address");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.0.0.1",
			"128.0.0.1", "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0",
			"223.255.255.255", "2606:4700::1111", "2a00:1450::1", "64:ff9b::101:101", "::ffff:1.1.1.1" })
	void acceptsAddressesOfThePublicInternet(String address) throws UnknownHostException {
		assertThat(this.strict.mayReach(InetAddress.getByName(address))).isTrue();
		String host = address.contains(":") ? "[" + address + "]" : address;
		assertThat(check("https://" + host + "/hook").getHost()).isEqualTo(host);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			http://example.com/                 | be an https URL
			HTTP://example.com/                 | be an https URL
			ftp://example.com/                  | be an https URL
			file:///etc/passwd                  | be an https URL
			gopher://example.com/               | be an https URL
			//example.com/hook                  | be an https URL
			/hook                               | be an https URL
			mailto:ada@example.com              | be an https URL
			https:///hook                       | name a host
			https:example.com                   | name a host
			https://127.1/                      | name a host
			https://example.com./               | name a host without a dot at the end
			https://127.0.0.1./                 | name a host
			https://2130706433/                 | lead to a public address
			https://0x7f000001/                 | lead to a public address
					https://1.1.1.0x1/                  | name a host
					https://01.1.1.1/                   | lead to a public address
			https://0177.0.0.1/                 | lead to a public address
			https://user@example.com/           | not contain credentials
			https://user:secret@example.com/    | not contain credentials
			https://example.com@10.0.0.1/       | not contain credentials
			https://example.com/#part           | not contain a fragment
			https://example.com:22/             | use port 80, 443, or one from 1024 to 65535
			https://example.com:0/              | use port 80, 443, or one from 1024 to 65535
			https://example.com:99999/          | use port 80, 443, or one from 1024 to 65535
			""")
	void saysWhichRuleAUrlBreaks(String url, String rule) {
		assertThatIllegalArgumentException().isThrownBy(() -> check(url)).withMessage("'webhook' must " + rule);
	}

	@Test
	void refusesAnOverlongUrl() {
		assertThatIllegalArgumentException().isThrownBy(() -> check("https://example.com/" + "a".repeat(2030)))
			.withMessage("'webhook' must have at most 2048 characters");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://example.com", "https://example.com:443/", "https://example.com:8443/a/b?c=d",
			"HTTPS://EXAMPLE.COM/", "https://xn--bcher-kva.example/" })
	void takesAnOrdinaryUrl(String url) {
		assertThat(check(url)).isEqualTo(URI.create(url));
	}

	@Test
	void acceptsOnlyAscii() {
		assertThat(check("https://example.com/b\u00fccher")).hasToString("https://example.com/b%C3%BCcher");
	}

	@Test
	void acceptsAllowedUrls() {
		WebhookTargets lenient = new WebhookTargets(true, true);
		assertThat(lenient.check("webhook", URI.create("http://127.0.0.1:8080/"))).hasHost("127.0.0.1");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> lenient.check("webhook", URI.create("ftp://127.0.0.1:8080/")))
			.withMessage("'webhook' must be an https or http URL");
	}

	private URI check(String url) {
		return this.strict.check("webhook", URI.create(url));
	}

}
