package io.progress.sse.sample.process;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for what makes topics of pages.
 */
class TopicsTests {

	private static final List<String> TEXTS = List.of("The cat sleeps. The cat eats fish.", "Trains run on rails.",
			"Cats like fish and sleep.", "A train leaves the station on rails.", "Fish is what the cat wants.");

	private final TermSpace space = new TermSpace(TEXTS);

	@Test
	void rareTermsMatterMore() {
		Map<String, Double> weights = this.space.weigh("cat fish eats").weights();
		assertThat(weights.get("eat")).isGreaterThan(weights.get("cat"));
		assertThat(weights).doesNotContainKey("the");
	}

	@Test
	void textsAreSimilarByWhatTheyAreAbout() {
		assertThat(this.space.weigh(TEXTS.get(0)).similarity(this.space.weigh(TEXTS.get(2)))).isGreaterThan(0.2);
		assertThat(this.space.weigh(TEXTS.get(0)).similarity(this.space.weigh(TEXTS.get(1)))).isZero();
		assertThat(this.space.weigh("cat").similarity(this.space.weigh("cats"))).isEqualTo(1, within(1e-9));
	}

	@Test
	void aTextWithoutTermsIsSimilarToNone() {
		assertThat(this.space.weigh("").similarity(this.space.weigh("cat"))).isZero();
	}

	@Test
	void similarTextsComeTogether() {
		KMeans groups = groups(TEXTS, 2);
		assertThat(IntStream.range(0, 2).mapToObj((group) -> groups.members(group).boxed().toList()))
			.containsExactlyInAnyOrder(List.of(0, 2, 4), List.of(1, 3));
	}

	@Test
	void thereAreNoMoreGroupsThanTexts() {
		assertThat(groups(List.of("cat", "train"), 9).count()).isEqualTo(2);
	}

	@Test
	void aTopicIsSummedUpByItsBestSentence() {
		List<Page> pages = Stream.of(0, 2, 4).map((i) -> new Page("/" + i, "", TEXTS.get(i))).toList();
		Topic topic = Topic.of(Vector.mean(pages.stream().map((page) -> this.space.weigh(page.text())).toList()), pages,
				this.space);
		assertThat(topic.terms()).contains("cat", "fish");
		assertThat(topic.sentence()).isIn("The cat eats fish.", "Cats like fish and sleep.");
		assertThat(topic.summary()).startsWith("3 pages about ");
	}

	private KMeans groups(List<String> texts, int count) {
		List<Vector> vectors = texts.stream().map(this.space::weigh).toList();
		return KMeans.best(vectors, count, vectors);
	}

}
