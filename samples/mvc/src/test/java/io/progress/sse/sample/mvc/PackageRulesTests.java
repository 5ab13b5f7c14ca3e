package io.progress.sse.sample.mvc;

import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ClassesTransformer;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;

/**
 * What every package of this module keeps to.
 */
@AnalyzeClasses(packages = "io.progress.sse.sample.mvc",
		importOptions = { DoNotIncludeTests.class, DoNotIncludeJars.class })
class PackageRulesTests {

	@ArchTest
	static final ArchRule every_package_is_null_marked = all(packages()).should(beNullMarked());

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
