package io.progress.sse.stream.admission;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import io.progress.sse.stream.StreamMeters;

/**
 * What all clients saw, and what they have to complain about.
 */
final class ChaosModel {

	private final List<String> complaints = new CopyOnWriteArrayList<>();

	private final AtomicLong events = new AtomicLong();

	private final AtomicLong milestones = new AtomicLong();

	private final AtomicLong conflated = new AtomicLong();

	private final AtomicLong resumes = new AtomicLong();

	private final AtomicLong resets = new AtomicLong();

	StreamMeters meters() {
		return new StreamMeters() {
			@Override
			public void conflated(long events) {
				ChaosModel.this.conflated.addAndGet(events);
			}
		};
	}

	void complain(String complaint) {
		if (this.complaints.size() < 20) {
			this.complaints.add(complaint);
		}
	}

	void onEvent(boolean milestone) {
		this.events.incrementAndGet();
		if (milestone) {
			this.milestones.incrementAndGet();
		}
	}

	void onResume() {
		this.resumes.incrementAndGet();
	}

	void onReset() {
		this.resets.incrementAndGet();
	}

	List<String> complaints() {
		return this.complaints;
	}

	long milestones() {
		return this.milestones.get();
	}

	long conflated() {
		return this.conflated.get();
	}

	long resumes() {
		return this.resumes.get();
	}

	@Override
	public String toString() {
		return this.events + " events received, " + this.milestones + " of them milestones, " + this.conflated
				+ " ticks conflated, " + this.resumes + " resumes, " + this.resets + " gaps told, complaints: "
				+ this.complaints;
	}

}
