package io.progress.sse.boxtests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Proxies that are programs of this machine. All settings that are not named here have
 * their defaults.
 */
final class Programs {

	private Programs() {
	}

	static RunningBox nginx(int upstream, Path folder, String settings) throws Exception {
		return nginx(upstream, folder, settings, "");
	}

	static RunningBox nginxWithHttp2(int upstream, Path folder) throws Exception {
		TestCertificate.writeTo(folder);
		return nginx(upstream, folder, "ssl_certificate cert.pem; ssl_certificate_key key.pem;", " ssl http2");
	}

	private static RunningBox nginx(int upstream, Path folder, String settings, String listen) throws Exception {
		String temporary = Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
			.map((each) -> "  %s_temp_path %s;".formatted(each, each))
			.collect(Collectors.joining("\n"));
		return BoxProcess.start("nginx", listen.isEmpty() ? "http" : "https", folder, """
				daemon off;
				pid nginx.pid;
				events { }
				http {
				  access_log off;
				%s
				  %s
				  server {
				    listen 127.0.0.1:${port}%s;
				    location / { proxy_pass http://127.0.0.1:%d; }
				  }
				}
				""".formatted(temporary, settings, listen, upstream), "-e", "stderr", "-p", folder.toString(), "-c");
	}

	static RunningBox haproxy(int upstream, Path folder, String settings) throws Exception {
		return BoxProcess.start("haproxy", "http", folder, """
				defaults
				  mode http
				  timeout connect 5s
				  timeout client 60s
				  timeout server 60s
				  %s
				listen reports
				  bind 127.0.0.1:${port}
				  server application 127.0.0.1:%d
				""".formatted(settings, upstream), "-db", "-f");
	}

	static RunningBox apache(int upstream, Path folder, String settings) throws Exception {
		Path modules = Path.of("/usr/lib/apache2/modules");
		String loaded = Stream.of("mpm_event", "authz_core", "filter", "deflate", "proxy", "proxy_http")
			.filter((each) -> Files.exists(modules.resolve("mod_" + each + ".so")))
			.map((each) -> "LoadModule %s_module %s/mod_%s.so".formatted(each, modules, each))
			.collect(Collectors.joining("\n"));
		return BoxProcess.start("apache2", "http", folder, """
				%s
				ServerRoot %s
				DefaultRuntimeDir %s
				PidFile apache.pid
				ErrorLog /dev/stderr
				ServerName localhost
				User www-data
				Group www-data
				Listen 127.0.0.1:${port}
				ProxyPass / http://127.0.0.1:%d/ retry=0
				%s
				""".formatted(loaded, folder, folder, upstream, settings), "-D", "FOREGROUND", "-f");
	}

}
