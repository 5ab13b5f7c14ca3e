package io.progress.sse.sample.pdf;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

import javax.imageio.ImageIO;

import io.progress.sse.ProgressException;
import io.progress.sse.ProgressReporter;
import io.progress.sse.sample.Pictures;
import io.progress.sse.sample.files.Upload;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PdfCompressor} and {@link PagePainter}, which take the PDFs of
 * strangers apart.
 */
class PdfPicturesTests {

	private static final PdfProperties BOUNDS = new PdfProperties(DataSize.ofMegabytes(1), 10, 20, 4_000_000,
			Duration.ofSeconds(20), 1, 1);

	private final PDDocument document = new PDDocument();

	private Upload upload;

	private Path target;

	@BeforeEach
	void prepare(@TempDir Path folder) {
		this.upload = new Upload(folder.resolve("source"), "album.pdf");
		this.target = folder.resolve("target");
	}

	@Test
	void aPictureIsMadeSmallerOnceHoweverOftenItIsShown() throws IOException {
		PDImageXObject photo = photo(2000, 500);
		draw(page(), photo);
		draw(page(), photo);
		try (PDDocument compressed = compress()) {
			List<PDImageXObject> pictures = StreamSupport.stream(compressed.getPages().spliterator(), false)
				.map(PdfPicturesTests::picture)
				.toList();
			assertThat(pictures).allSatisfy((picture) -> assertThat(picture.getSuffix()).isEqualTo("jpg"));
			assertThat(pictures.get(0).getWidth()).isEqualTo(1754);
			assertThat(pictures.get(0).getCOSObject()).isSameAs(pictures.get(1).getCOSObject());
			assertThat(Files.size(this.target)).isLessThan(Files.size(this.upload.file()) / 4);
		}
	}

	@Test
	void aPictureKeepsWhatIsTransparentInIt() throws IOException {
		BufferedImage picture = new BufferedImage(300, 300, BufferedImage.TYPE_INT_ARGB);
		BufferedImage grain = ImageIO.read(new ByteArrayInputStream(Pictures.png(300, 100)));
		picture.getGraphics().drawImage(grain, 0, 0, null);
		draw(page(), LosslessFactory.createFromImage(this.document, picture));
		try (PDDocument compressed = compress()) {
			BufferedImage smaller = picture(compressed.getPage(0)).getImage();
			assertThat(picture(compressed.getPage(0)).getSuffix()).isEqualTo("jpg");
			assertThat(new Color(smaller.getRGB(10, 10), true).getAlpha()).isEqualTo(255);
			assertThat(new Color(smaller.getRGB(10, 290), true).getAlpha()).isZero();
		}
	}

	@Test
	void aFormThatContainsItselfIsVisitedOnce() throws IOException {
		PDFormXObject form = new PDFormXObject(this.document);
		form.setResources(new PDResources());
		form.getResources().put(COSName.getPDFName("Self"), form);
		form.getResources().put(COSName.getPDFName("Photo"), photo(400, 300));
		PDPage page = page();
		page.setResources(new PDResources());
		page.getResources().put(COSName.getPDFName("Form"), form);
		try (PDDocument compressed = compress()) {
			PDFormXObject same = (PDFormXObject) compressed.getPage(0)
				.getResources()
				.getXObject(COSName.getPDFName("Form"));
			assertThat(((PDImageXObject) same.getResources().getXObject(COSName.getPDFName("Photo"))).getSuffix())
				.isEqualTo("jpg");
		}
	}

	@Test
	void aPictureThatIsTooLargeToDecodeStaysAsItIs() throws IOException {
		draw(page(), photo(4001, 1000));
		try (PDDocument compressed = compress()) {
			assertThat(picture(compressed.getPage(0)).getWidth()).isEqualTo(4001);
		}
	}

	@Test
	void theResultIsNeverLongerThanTheSource() throws IOException {
		String smallest = """
				%PDF-1.1
				1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
				2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
				3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
				trailer<</Root 1 0 R>>
				""";
		Files.writeString(this.upload.file(), smallest, StandardCharsets.US_ASCII);
		PdfCompressor.compress(this.upload, this.target, BOUNDS, ProgressReporter.noop());
		assertThat(this.target).hasContent(smallest);
	}

	@Test
	void anEncryptedFileIsNotCompressed() throws IOException {
		page();
		AccessPermission nothing = AccessPermission.getOwnerAccessPermission();
		this.document.protect(new StandardProtectionPolicy("owner", "", nothing));
		assertThatExceptionOfType(ProgressException.class).isThrownBy(this::compress)
			.withMessage("'album.pdf' is encrypted, and cannot be changed");
	}

	@Test
	void aDamagedFileIsNamed() throws IOException {
		Files.writeString(this.upload.file(), "%PDF-1.7 and nothing else");
		assertThatExceptionOfType(ProgressException.class)
			.isThrownBy(() -> PdfCompressor.compress(this.upload, this.target, BOUNDS, ProgressReporter.noop()))
			.withMessage("'album.pdf' is damaged");
		assertThatExceptionOfType(ProgressException.class).isThrownBy(this::paintSaved)
			.withMessage("'album.pdf' is damaged");
	}

	@Test
	void aPageIsPainted() throws IOException {
		PDPage page = page();
		try (PDPageContentStream content = new PDPageContentStream(this.document, page)) {
			content.setNonStrokingColor(Color.RED);
			content.addRect(0, 0, 100, 50);
			content.fill();
		}
		BufferedImage picture = paint();
		assertThat(picture.getWidth()).isEqualTo(200);
		assertThat(picture.getHeight()).isEqualTo(200);
		assertThat(new Color(picture.getRGB(10, 190))).isEqualTo(Color.RED);
		assertThat(new Color(picture.getRGB(10, 10))).isEqualTo(Color.WHITE);
	}

	@Test
	void aPageThatWouldBeTooLargeIsRefused() {
		this.document.addPage(new PDPage(new PDRectangle(14_400, 14_400)));
		assertThatExceptionOfType(ProgressException.class).isThrownBy(this::paint)
			.withMessage("Page 1 of 'album.pdf' is larger than the 4000000 pixels that are allowed");
	}

	@Test
	void aPageWithAPictureThatIsTooLargeIsRefused() throws IOException {
		PDImageXObject photo = photo(100, 100);
		PDImageXObject mask = photo(10, 10);
		mask.setWidth(100_000);
		mask.setHeight(100_000);
		photo.getCOSObject().setItem(COSName.SMASK, mask);
		draw(page(), photo);
		assertThatExceptionOfType(ProgressException.class).isThrownBy(this::paint)
			.withMessage("'album.pdf' has a picture that is larger than the 4000000 pixels that are allowed");
	}

	private PDPage page() {
		PDPage page = new PDPage(new PDRectangle(100, 100));
		this.document.addPage(page);
		return page;
	}

	private PDImageXObject photo(int width, int height) throws IOException {
		return PDImageXObject.createFromByteArray(this.document, Pictures.png(width, height), "photo.png");
	}

	private void draw(PDPage page, PDImageXObject picture) throws IOException {
		try (PDPageContentStream content = new PDPageContentStream(this.document, page)) {
			content.drawImage(picture, 0, 0, 100, 100);
		}
	}

	private PDDocument compress() throws IOException {
		save();
		PdfCompressor.compress(this.upload, this.target, BOUNDS, ProgressReporter.noop());
		return Loader.loadPDF(this.target.toFile());
	}

	private BufferedImage paint() throws IOException {
		save();
		return paintSaved();
	}

	private BufferedImage paintSaved() throws IOException {
		PagePainter.paint(this.upload, this.target, PictureOptions.parse("png", "144"), BOUNDS,
				ProgressReporter.noop());
		return ImageIO.read(this.target.toFile());
	}

	private void save() throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		this.document.save(out);
		this.document.close();
		Files.write(this.upload.file(), out.toByteArray());
	}

	private static PDImageXObject picture(PDPage page) {
		try {
			PDResources resources = page.getResources();
			return (PDImageXObject) resources.getXObject(resources.getXObjectNames().iterator().next());
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
