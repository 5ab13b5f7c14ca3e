package io.progress.sse.aop;

import java.util.Comparator;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.interceptor.AsyncExecutionInterceptor;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Puts the advisors of tracked beans where {@link TrackProgressAdvisor} says, and refuses
 * tracked methods that cannot work.
 *
 * <p>
 * {@code @Async} and {@code @Retryable} come from post-processors that push their advisor
 * to the front of an existing proxy, later than the proxy is made. This post-processor
 * has no order, so it runs behind theirs, and changes the proxy in place: whoever holds a
 * reference already sees the right chain.
 */
public final class AdvisorArranger implements BeanPostProcessor {

	private final TrackedMethods methods;

	/**
	 * Creates the post-processor.
	 * @param methods checks tracked methods
	 */
	public AdvisorArranger(TrackedMethods methods) {
		this.methods = methods;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof Advised proxy) {
			List<TrackProgressAdvisor> ours = ours(proxy);
			if (!ours.isEmpty()) {
				if (!proxy.isFrozen()) {
					arrange(proxy, ours);
				}
				this.methods.check(proxy, bean.getClass());
			}
		}
		return bean;
	}

	private static List<TrackProgressAdvisor> ours(Advised proxy) {
		return Stream.of(proxy.getAdvisors())
			.filter(TrackProgressAdvisor.class::isInstance)
			.map(TrackProgressAdvisor.class::cast)
			.sorted(Comparator.comparing(TrackProgressAdvisor::place))
			.toList();
	}

	private static void arrange(Advised proxy, List<TrackProgressAdvisor> ours) {
		List<Advisor> guards = Stream.of(proxy.getAdvisors()).filter(Guards::contain).toList();
		guards.forEach(proxy::removeAdvisor);
		ours.forEach(proxy::removeAdvisor);
		for (int i = 0; i < guards.size(); i++) {
			proxy.addAdvisor(i, guards.get(i));
		}
		for (TrackProgressAdvisor advisor : ours) {
			switch (advisor.place()) {
				case SUBSCRIPTION -> proxy.addAdvisor(0, advisor);
				case ADMISSION -> proxy.addAdvisor(1 + guards.size(), advisor);
				case EXECUTION -> proxy.addAdvisor(afterAsync(proxy, 2 + guards.size()), advisor);
				case ATTEMPT -> proxy.addAdvisor(advisor);
			}
		}
	}

	/** Behind the last {@code @Async} advisor, if there is one. */
	private static int afterAsync(Advised proxy, int otherwise) {
		Advisor[] advisors = proxy.getAdvisors();
		for (int i = advisors.length; i > 0; i--) {
			if (advisors[i - 1].getAdvice() instanceof AsyncExecutionInterceptor) {
				return i;
			}
		}
		return otherwise;
	}

}
