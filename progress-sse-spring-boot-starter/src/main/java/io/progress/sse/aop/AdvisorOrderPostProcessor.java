package io.progress.sse.aop;

import java.lang.reflect.Proxy;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.interceptor.AsyncExecutionInterceptor;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;

/**
 * Puts the advisors of tracked beans into the order that {@link TrackProgressAdvisor}
 * describes, and refuses tracked methods that cannot work.
 *
 * <p>
 * {@code @Async} and {@code @Retryable} come from post-processors that put their advisor
 * in front of an existing proxy's advisors after the proxy was created. This
 * post-processor has no order, so it runs after theirs, and it changes the proxy in
 * place: existing references see the right chain, too.
 */
final class AdvisorOrderPostProcessor implements SmartInstantiationAwareBeanPostProcessor, SmartInitializingSingleton {

	/** Names of the beans that were processed while the application starts. */
	private final Set<String> arranged = ConcurrentHashMap.newKeySet();

	private final TrackedMethods methods;

	/**
	 * Creates the post-processor.
	 * @param methods checks tracked methods
	 */
	AdvisorOrderPostProcessor(TrackedMethods methods) {
		this.methods = methods;
	}

	/**
	 * In circular references a bean gets the other bean's proxy before that bean is
	 * initialized.
	 */
	@Override
	public Object getEarlyBeanReference(Object bean, String beanName) {
		return postProcessAfterInitialization(bean, beanName);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		List<TrackProgressAdvisor> ours = ours(bean);
		if (!ours.isEmpty() && bean instanceof Advised proxy) {
			if (!proxy.isFrozen()) {
				arrange(proxy, ours);
			}
			this.methods.check(proxy, bean.getClass());
			this.arranged.add(beanName);
		}
		else if (AopUtils.isAopProxy(bean) || Proxy.isProxyClass(bean.getClass())) {
			this.methods.refuseUntracked(bean, beanName, "the bean is already a proxy when it is registered",
					"register the object itself, or annotate a method that calls it");
		}
		return bean;
	}

	/**
	 * Beans that another post-processor needs are created before this one, possibly
	 * before proxies can be made.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		this.methods.forEachSingleton((name, bean) -> {
			if (ours(bean).isEmpty()) {
				this.methods.refuseUntracked(bean, name,
						"it was created before proxies could be made, because a BeanPostProcessor needs it",
						"inject an ObjectProvider there instead");
			}
			else if (!this.arranged.contains(name)) {
				postProcessAfterInitialization(bean, name);
			}
		});
		this.arranged.clear();
	}

	private static List<TrackProgressAdvisor> ours(Object bean) {
		return (bean instanceof Advised proxy) ? ours(proxy) : List.of();
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

	/** The position after the last {@code @Async} advisor, if there is one. */
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
