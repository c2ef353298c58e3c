package io.llmplatform.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;

@AnalyzeClasses(packages = "io.llmplatform.proxy", importOptions = ImportOption.DoNotIncludeTests.class)
class GatewayArchitectureTest {
    private static final String[] HOT = {
        "io.llmplatform.proxy.auth..",
        "io.llmplatform.proxy.route..",
        "io.llmplatform.proxy.call..",
        "io.llmplatform.proxy.api..",
        "io.llmplatform.proxy.translate..",
        "io.llmplatform.proxy.limit..",
        "io.llmplatform.proxy.cache..",
        "io.llmplatform.proxy.stream..",
        "io.llmplatform.proxy.usage..",
        "io.llmplatform.proxy.upstream..",
        "io.llmplatform.proxy.frontdoor..",
        "io.llmplatform.proxy.trial..",
        "io.llmplatform.proxy.wire.."
    };

    private static final DescribedPredicate<JavaClass> BLOCKING = JavaClass.Predicates.resideInAnyPackage(
                    "org.springframework..",
                    "java.sql..",
                    "javax.sql..",
                    "java.net.http..",
                    "org.apache.kafka..",
                    "java.util.concurrent.locks..")
            .or(DescribedPredicate.describe(
                    "blocks",
                    type -> type.isAssignableTo(java.net.Socket.class)
                            || type.isAssignableTo(java.net.URLConnection.class)))
            .as("anything that blocks");

    @ArchTest
    void dependsOnContractsOnly(JavaClasses all) {
        var ours = JavaClass.Predicates.resideInAPackage("io.llmplatform..");
        var allowed = JavaClass.Predicates.resideInAnyPackage(
                "io.llmplatform.proxy..", "io.llmplatform.contracts..", "io.llmplatform.logs..");
        noClasses()
                .should()
                .dependOnClassesThat(ours.and(DescribedPredicate.not(allowed)))
                .check(all);
        assertThat(all.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .anyMatch(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith("io.llmplatform.contracts")))
                .isTrue();
    }

    @ArchTest
    void theHotPathNeverBlocks(JavaClasses all) {
        for (var pack : HOT) {
            assertThat(all.that(JavaClass.Predicates.resideInAPackage(pack)))
                    .as(pack)
                    .hasSizeGreaterThan(1);
        }
        noClasses()
                .that()
                .resideInAnyPackage(HOT)
                .should()
                .dependOnClassesThat(BLOCKING)
                .check(all);
        // The rule can see what it forbids: the parts off the hot path do use it.
        assertThat(all.stream()
                        .filter(type -> type.getDirectDependenciesFromSelf().stream()
                                .anyMatch(dependency -> BLOCKING.test(dependency.getTargetClass())))
                        .map(JavaClass::getPackageName))
                .contains("io.llmplatform.proxy.feed", "io.llmplatform.proxy.config");
    }

    @ArchTest
    void springStaysInTheWiring(JavaClasses all) {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.llmplatform.proxy")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(all);
        assertThat(all.that(JavaClass.Predicates.resideInAPackage("io.llmplatform.proxy")))
                .hasSizeGreaterThan(3);
    }

    @ArchTest
    void packagesHaveNoCycles(JavaClasses all) {
        assertThat(all.stream().map(JavaClass::getPackageName).distinct().count())
                .isGreaterThan(12);
        slices().matching("io.llmplatform.proxy.(**)").should().beFreeOfCycles().check(all);
    }
}
