package io.progress.sse.aop;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import io.progress.sse.support.BrokenRuleException;

/**
 * A SpEL expression of the annotation, over the arguments of a call.
 */
final class CallExpression {

	private static final SpelExpressionParser PARSER = new SpelExpressionParser();

	private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	private static final Set<String> KNOWN_ANYWAY = Set.of("#root", "#this");

	private static final Pattern BY_INDEX = Pattern.compile("#[ap]\\d+");

	private final Expression expression;

	private final Method method;

	private final BeanFactory beanFactory;

	private CallExpression(Expression expression, Method method, BeanFactory beanFactory) {
		this.expression = expression;
		this.method = method;
		this.beanFactory = beanFactory;
	}

	/**
	 * Parses an expression.
	 * @return the expression; {@code null} if the text is empty
	 * @throws BrokenRuleException if it is malformed or uses a parameter that the method
	 * does not have
	 */
	static @Nullable CallExpression parse(String attribute, String text, Method method, BeanFactory beanFactory) {
		if (!StringUtils.hasText(text)) {
			return null;
		}
		try {
			SpelExpression expression = PARSER.parseRaw(Placeholders.resolve(text, method, beanFactory));
			checkNames(expression.getAST(), method, NAMES.getParameterNames(method));
			return new CallExpression(expression, method, beanFactory);
		}
		catch (ParseException | IllegalArgumentException ex) {
			throw new BrokenRuleException(
					"@TrackProgress method '%s': '%s'".formatted(ClassUtils.getQualifiedMethodName(method), attribute),
					"must be a SpEL expression over its parameters", "'%s': %s".formatted(text, ex.getMessage()),
					"correct the expression", ex);
		}
	}

	private static void checkNames(SpelNode node, Method method, @Nullable String @Nullable [] names) {
		if (node instanceof VariableReference) {
			checkName(node.toStringAST(), method, names);
		}
		for (int i = 0; i < node.getChildCount(); i++) {
			checkNames(node.getChild(i), method, names);
		}
	}

	private static void checkName(String variable, Method method, @Nullable String @Nullable [] names) {
		if (KNOWN_ANYWAY.contains(variable) || (names != null && List.of(names).contains(variable.substring(1)))) {
			return;
		}
		if (BY_INDEX.matcher(variable).matches()) {
			if (isIndex(variable.substring(2), method.getParameterCount())) {
				return;
			}
			throw new IllegalArgumentException(
					variable + " does not exist, the number of parameters is " + method.getParameterCount());
		}
		if (names == null) {
			throw new IllegalArgumentException("the class was compiled without parameter names; write #a0 for "
					+ variable + ", or compile with '-parameters'");
		}
		throw new IllegalArgumentException(variable + " is not one of the parameters " + List.of(names));
	}

	private static boolean isIndex(String digits, int count) {
		return digits.length() < 4 && Integer.parseInt(digits) < count;
	}

	/**
	 * Evaluates the expression.
	 * @param target the bean
	 * @param arguments the arguments of the call
	 * @return the value as text; {@code null} if it is {@code null}
	 */
	@Nullable String evaluate(@Nullable Object target, @Nullable Object[] arguments) {
		MethodBasedEvaluationContext context = new MethodBasedEvaluationContext(
				new Root(this.method, target, arguments), this.method, arguments, NAMES);
		context.setBeanResolver(new BeanFactoryResolver(this.beanFactory));
		Object value = this.expression.getValue(context);
		return (value != null) ? value.toString() : null;
	}

	/**
	 * The value of {@code #root}.
	 *
	 * @param method the tracked method
	 * @param target its bean
	 * @param args its arguments
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Root(Method method, @Nullable Object target, @Nullable Object[] args) {

	}

}
