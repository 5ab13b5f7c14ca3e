package io.progress.sse.sample.pdf;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.progress.sse.JobCancelledException;
import io.progress.sse.ProgressException;
import io.progress.sse.ProgressReporter;
import io.progress.sse.sample.files.Upload;
import net.coobird.thumbnailator.Thumbnails;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/**
 * Makes a PDF smaller: its pictures become JPEGs of a bounded size where that is shorter,
 * and its objects are packed. Text and drawings stay as they are. Blocks.
 */
final class PdfCompressor {

	/** About 150 dpi on A4. */
	private static final int LONGEST_SIDE = 1754;

	private static final float QUALITY = 0.7F;

	private final PDDocument document;

	private final long maxPixels;

	private final Set<COSBase> visited = Collections.newSetFromMap(new IdentityHashMap<>());

	private final Map<COSBase, Optional<PDImageXObject>> replacements = new HashMap<>();

	private PdfCompressor(PDDocument document, long maxPixels) {
		this.document = document;
		this.maxPixels = maxPixels;
	}

	/**
	 * Writes the smaller file, or a copy of the source where there is nothing to gain.
	 */
	static void compress(Upload upload, Path target, PdfProperties bounds, ProgressReporter progress)
			throws IOException {
		try (PDDocument document = SourcePdf.open(upload, bounds.maxPages())) {
			if (document.isEncrypted()) {
				throw new ProgressException("encrypted-pdf",
						"'%s' is encrypted, and cannot be changed".formatted(upload.name()));
			}
			new PdfCompressor(document, bounds.maxPixels()).compress(upload.name(), progress);
			document.save(target.toFile());
		}
		catch (ProgressException | JobCancelledException ex) {
			throw ex;
		}
		catch (IOException | RuntimeException ex) {
			throw SourcePdf.damaged(upload, ex);
		}
		if (Files.size(target) >= Files.size(upload.file())) {
			Files.copy(upload.file(), target, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	private void compress(String name, ProgressReporter progress) throws IOException {
		int number = 0;
		for (PDPage page : this.document.getPages()) {
			progress.checkCancelled();
			progress.message(name + ", page " + ++number + " of " + this.document.getNumberOfPages());
			compress(page.getResources());
			progress.advance();
		}
	}

	private void compress(PDResources resources) throws IOException {
		if (resources == null || !this.visited.add(resources.getCOSObject())) {
			return;
		}
		for (COSName name : resources.getXObjectNames()) {
			PDXObject object = resources.getXObject(name);
			if (object instanceof PDFormXObject form) {
				compress(form.getResources());
			}
			else if (object instanceof PDImageXObject picture) {
				replacement(picture).ifPresent((smaller) -> resources.put(name, smaller));
			}
		}
	}

	private Optional<PDImageXObject> replacement(PDImageXObject picture) {
		return this.replacements.computeIfAbsent(picture.getCOSObject(), (key) -> {
			try {
				return isPhoto(picture) ? recode(picture) : Optional.empty();
			}
			catch (IOException | RuntimeException ex) {
				// Java cannot read all kinds of pictures. The others stay as they are.
				return Optional.empty();
			}
		});
	}

	/** What is black and white is shorter as it is, and blurs. */
	private boolean isPhoto(PDImageXObject picture) throws IOException {
		return !picture.isStencil() && picture.getBitsPerComponent() > 1 && picture.getColorKeyMask() == null
				&& SourcePdf.pixels(picture) <= this.maxPixels;
	}

	private Optional<PDImageXObject> recode(PDImageXObject picture) throws IOException {
		PDImageXObject smaller = JPEGFactory.createFromImage(this.document, shrink(picture.getOpaqueImage()), QUALITY);
		for (COSName mask : new COSName[] { COSName.SMASK, COSName.MASK }) {
			smaller.getCOSObject().setItem(mask, picture.getCOSObject().getItem(mask));
		}
		boolean gain = smaller.getStream().getLength() < picture.getStream().getLength();
		return gain ? Optional.of(smaller) : Optional.empty();
	}

	private static BufferedImage shrink(BufferedImage picture) throws IOException {
		boolean small = Math.max(picture.getWidth(), picture.getHeight()) <= LONGEST_SIDE;
		return small ? picture : Thumbnails.of(picture).size(LONGEST_SIDE, LONGEST_SIDE).asBufferedImage();
	}

}
