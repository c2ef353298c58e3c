package io.llmplatform.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code docs/PERMISSIONS.md} tells the reads as they are. {@code -Dpermissions.write=true} writes them anew. */
class PermissionsDocTest {
    private static final Path FILE = Path.of("..", "docs", "PERMISSIONS.md");
    private static final String BEGIN = "<!-- reads -->\n";
    private static final String END = "<!-- end of reads -->";
    private static final String BASE = "/api/admin/v1";

    @Test
    void thePageTellsEveryReadAndItsRoles() throws Exception {
        var page = Files.readString(FILE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        assertThat(to).as("the markers in " + FILE).isGreaterThanOrEqualTo(from);
        if (Boolean.getBoolean("permissions.write")) {
            Files.writeString(FILE, page.substring(0, from) + table() + page.substring(to));
        } else {
            assertThat(page.substring(from, to))
                    .as(FILE + " (mvn -pl query-service -am test -Dtest=PermissionsDocTest -Dpermissions.write=true)")
                    .isEqualTo(table());
        }
    }

    private static String table() throws ClassNotFoundException, IOException {
        var rows = new TreeMap<String, List<Role>>();
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        for (var found : scanner.findCandidateComponents("io.llmplatform.query")) {
            var controller = Class.forName(found.getBeanClassName());
            var base = controller.getAnnotation(RequestMapping.class);
            for (var method : controller.getDeclaredMethods()) {
                var mapping = method.getAnnotation(GetMapping.class);
                if (mapping != null) {
                    var path = (base == null ? "" : base.value()[0]) + String.join("", mapping.value());
                    if (path.startsWith(BASE)) {
                        rows.put(path.substring(BASE.length()), roles(method));
                    }
                }
            }
        }
        assertThat(rows).hasSizeGreaterThan(10);
        var roles = Role.values();
        var out = new StringBuilder("| operation |");
        Arrays.stream(roles).forEach(role -> out.append(' ').append(role.wire()).append(" |"));
        out.append("\n|---|").append(":-:|".repeat(roles.length)).append('\n');
        rows.forEach((path, allowed) -> out.append("| `GET ")
                .append(path)
                .append("` |")
                .append(Arrays.stream(roles)
                        .map(role -> allowed.contains(role) ? " ✓ |" : " – |")
                        .collect(Collectors.joining()))
                .append('\n'));
        return out.toString();
    }

    private static List<Role> roles(Method method) {
        var allowed = method.getAnnotation(Allowed.class);
        return allowed == null ? List.of() : List.of(allowed.value());
    }
}
