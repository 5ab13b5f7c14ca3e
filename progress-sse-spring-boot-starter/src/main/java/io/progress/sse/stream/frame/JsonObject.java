package io.progress.sse.stream.frame;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose members keep their order. One is created for each written event and
 * read once from beginning to end, so a list is enough.
 */
public final class JsonObject extends AbstractMap<String, @Nullable Object> {

	private static final int INITIAL_CAPACITY = 2 * 20;

	/** Names at even indexes, each followed by its value. */
	private @Nullable Object[] members = new @Nullable Object[INITIAL_CAPACITY];

	private int end;

	/**
	 * Adds a member.
	 * @param name a name that it does not contain yet
	 */
	public JsonObject with(String name, @Nullable Object value) {
		if (this.end == this.members.length) {
			this.members = Arrays.copyOf(this.members, 2 * this.end);
		}
		this.members[this.end++] = name;
		this.members[this.end++] = value;
		return this;
	}

	/**
	 * Adds a member that is not {@code null}.
	 */
	public void withKnown(String name, @Nullable Object value) {
		if (value != null) {
			with(name, value);
		}
	}

	@Override
	public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
		for (int i = 0; i < this.end; i += 2) {
			action.accept(name(i), this.members[i + 1]);
		}
	}

	@Override
	public Set<Map.Entry<String, @Nullable Object>> entrySet() {
		return new Members();
	}

	private String name(int index) {
		return (String) this.members[index];
	}

	private final class Members extends AbstractSet<Map.Entry<String, @Nullable Object>> {

		@Override
		public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
			return new MemberIterator();
		}

		@Override
		public int size() {
			return JsonObject.this.end / 2;
		}

	}

	private final class MemberIterator implements Iterator<Map.Entry<String, @Nullable Object>> {

		private int next;

		@Override
		public boolean hasNext() {
			return this.next < JsonObject.this.end;
		}

		@Override
		public Map.Entry<String, @Nullable Object> next() {
			if (!hasNext()) {
				throw new NoSuchElementException();
			}
			int at = this.next;
			this.next += 2;
			return new SimpleImmutableEntry<>(name(at), JsonObject.this.members[at + 1]);
		}

	}

}
