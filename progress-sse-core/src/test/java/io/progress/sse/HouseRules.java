package io.progress.sse;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ClassesTransformer;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

import io.progress.sse.event.ProgressEvent;
import io.progress.sse.support.BrokenRuleException;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Rules that hold in every module, and the form of those that say who may import whom.
 */
public final class HouseRules {

	private static final int MOST_PARAMETERS = 10;

	/** The event is a part of the API, and is made with its builder. */
	private static final List<String> MAY_HAVE_MORE = List.of(ProgressEvent.class.getName());

	/** What is created or asked while an application starts, by its name. */
	private static final String REFUSING = ".*(Settings|Properties|Rules?|Configuration|StartupCheck|Targets|Placeholders)(\\$.*)?";

	/** Regular expression of classes that may know what they wire. */
	private final String wiring;

	/**
	 * Creates the rules.
	 * @param wiring regular expression of the names of classes that may import anything
	 */
	public HouseRules(String wiring) {
		this.wiring = wiring;
	}

	/**
	 * Classes of some packages import each other, and only known packages besides.
	 * @param from a package or an array of packages
	 * @param known packages and arrays of packages
	 * @return the rule
	 */
	public ArchRule only(Object from, Object... known) {
		return classes().that()
			.resideInAnyPackage(join(from))
			.and()
			.haveNameNotMatching(this.wiring)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(join(from, join(known)));
	}

	/**
	 * Every package has a {@code package-info} that is {@link NullMarked}.
	 * @return the rule
	 */
	public static ArchRule everyPackageIsNullMarked() {
		return all(packages()).should(beNullMarked());
	}

	/**
	 * No method and no constructor has more than ten parameters, and no record more than
	 * ten components.
	 * @return the rule
	 */
	public static ArchRule fewParameters() {
		return codeUnits().should(new ArchCondition<>("have at most " + MOST_PARAMETERS + " parameters") {
			@Override
			public void check(JavaCodeUnit item, ConditionEvents events) {
				boolean excepted = item.getModifiers().contains(JavaModifier.SYNTHETIC)
						|| MAY_HAVE_MORE.contains(item.getOwner().getName());
				int parameters = item.getRawParameterTypes().size();
				events.add(new SimpleConditionEvent(item, excepted || parameters <= MOST_PARAMETERS,
						item.getFullName() + " has " + parameters + " parameters"));
			}
		});
	}

	/**
	 * What refuses to start an application says so with the exception that is analyzed
	 * for the log of the failed start.
	 * @return the rule
	 */
	public static ArchRule refusalsAreAnalyzed() {
		return noClasses().that()
			.haveNameMatching(REFUSING)
			.and()
			.areNotAnonymousClasses()
			.should()
			.callConstructorWhere(target(
					owner(assignableTo(IllegalArgumentException.class).or(assignableTo(IllegalStateException.class))
						.and(not(equivalentTo(BrokenRuleException.class))))));
	}

	private static String[] join(Object... packages) {
		return Stream.of(packages)
			.flatMap((each) -> (each instanceof String[] several) ? Stream.of(several) : Stream.of((String) each))
			.toArray(String[]::new);
	}

	private static ClassesTransformer<JavaPackage> packages() {
		return new AbstractClassesTransformer<>("packages with classes") {
			@Override
			public Iterable<JavaPackage> doTransform(JavaClasses classes) {
				return classes.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
			}
		};
	}

	private static ArchCondition<JavaPackage> beNullMarked() {
		return new ArchCondition<>("have a package-info that is @NullMarked") {
			@Override
			public void check(JavaPackage item, ConditionEvents events) {
				boolean marked = item.isAnnotatedWith(NullMarked.class);
				events.add(new SimpleConditionEvent(item, marked,
						item.getName() + (marked ? " is" : " is not") + " @NullMarked"));
			}
		};
	}

}
