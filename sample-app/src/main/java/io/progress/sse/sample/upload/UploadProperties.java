package io.progress.sse.sample.upload;

import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What may be uploaded.
 *
 * @param refusedTypes Media types that are not accepted: programs, and archives that
 * cannot be looked into.
 * @param archive Bounds of an archive.
 */
@ConfigurationProperties("sample.upload")
record UploadProperties(@DefaultValue( {
		"application/x-msdownload", "application/x-elf", "application/x-executable", "application/x-sharedlib",
		"application/x-sh", "application/x-bat", "application/x-7z-compressed", "application/x-rar-compressed",
		"application/x-xz", "application/x-bzip2", "application/zstd" }) Set<String> refusedTypes,
		@DefaultValue ArchiveProperties archive){

	/**
	 * Bounds of an archive, together with those in it.
	 *
	 * @param maxRatio How many times its own size it may unpack to, once that is more
	 * than 1 MB.
	 * @param maxSize Size that it may unpack to.
	 * @param maxEntries Number of entries.
	 * @param maxDepth How deep archives may be in each other; one that holds none is 1
	 * deep.
	 */
	record ArchiveProperties(@DefaultValue("100") int maxRatio, @DefaultValue("200MB") DataSize maxSize,
			@DefaultValue("1000") int maxEntries, @DefaultValue("3") int maxDepth) {

	}

}
