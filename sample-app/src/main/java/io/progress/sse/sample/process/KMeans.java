package io.progress.sse.sample.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Puts vectors into groups of similar ones (spherical k-means).
 *
 * <ol>
 * <li>One vector is the first centre; each further one is the vector that is least
 * similar to the centres so far.</li>
 * <li>A step puts each vector to the centre that it is most similar to, and moves each
 * centre to the mean of its vectors. It is done when a step changes nothing.</li>
 * <li>How good the groups are depends on the first centre, so several are tried. There is
 * no chance in it: the same pages always give the same groups.</li>
 * </ol>
 */
final class KMeans {

	private static final int MAX_STEPS = 50;

	private final List<Vector> vectors;

	private final List<Vector> centres = new ArrayList<>();

	private int[] groups = {};

	private KMeans(List<Vector> vectors, int count, Vector first) {
		this.vectors = vectors;
		this.centres.add(first);
		while (this.centres.size() < Math.min(count, vectors.size())) {
			this.centres.add(leastSimilar());
		}
		for (int step = 0; step < MAX_STEPS && step(); step++) {
			moveCentres();
		}
	}

	/**
	 * The best groups that come of any of some first centres.
	 */
	static KMeans best(List<Vector> vectors, int count, Iterable<Vector> firstCentres) {
		return StreamSupport.stream(firstCentres.spliterator(), false)
			.map((first) -> new KMeans(vectors, count, first))
			.max(Comparator.comparingDouble(KMeans::cohesion))
			.orElseThrow();
	}

	int count() {
		return this.centres.size();
	}

	Vector centre(int group) {
		return this.centres.get(group);
	}

	/** Positions of the vectors of a group, of which there may be none. */
	IntStream members(int group) {
		return IntStream.range(0, this.groups.length).filter((i) -> this.groups[i] == group);
	}

	private double cohesion() {
		return IntStream.range(0, this.groups.length)
			.mapToDouble((i) -> this.vectors.get(i).similarity(centre(this.groups[i])))
			.sum();
	}

	private boolean step() {
		int[] before = this.groups;
		this.groups = this.vectors.stream().mapToInt(this::nearest).toArray();
		return !Arrays.equals(before, this.groups);
	}

	private void moveCentres() {
		for (int group = 0; group < count(); group++) {
			List<Vector> members = members(group).mapToObj(this.vectors::get).toList();
			if (!members.isEmpty()) {
				this.centres.set(group, Vector.mean(members));
			}
		}
	}

	private int nearest(Vector vector) {
		return IntStream.range(0, count())
			.boxed()
			.max(Comparator.comparingDouble((group) -> centre(group).similarity(vector)))
			.orElseThrow();
	}

	private Vector leastSimilar() {
		return this.vectors.stream()
			.min(Comparator
				.comparingDouble((vector) -> this.centres.stream().mapToDouble(vector::similarity).max().orElseThrow()))
			.orElseThrow();
	}

}
