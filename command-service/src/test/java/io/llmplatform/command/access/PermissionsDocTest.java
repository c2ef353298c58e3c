package io.llmplatform.command.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.http.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/PERMISSIONS.md} tells the table as it is. {@code -Dpermissions.write=true} writes it anew. */
class PermissionsDocTest {
    private static final Path FILE = Path.of("..", "docs", "PERMISSIONS.md");
    private static final String BEGIN = "<!-- writes -->\n";
    private static final String END = "<!-- end of writes -->";

    @Test
    void thePageTellsEveryOperationAndItsRoles() throws IOException {
        var page = Files.readString(FILE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        assertThat(to).as("the markers in " + FILE).isGreaterThanOrEqualTo(from);
        if (Boolean.getBoolean("permissions.write")) {
            Files.writeString(FILE, page.substring(0, from) + table() + page.substring(to));
        } else {
            assertThat(page.substring(from, to))
                    .as(FILE + " (mvn -pl command-service -am test -Dtest=PermissionsDocTest -Dpermissions.write=true)")
                    .isEqualTo(table());
        }
    }

    private static String table() {
        var roles = Role.values();
        var out = new StringBuilder("| operation |");
        Arrays.stream(roles).forEach(role -> out.append(' ').append(role.wire()).append(" |"));
        out.append("\n|---|").append(":-:|".repeat(roles.length)).append('\n');
        return out.append(Arrays.stream(Operation.values())
                        .map(PermissionsDocTest::row)
                        .collect(Collectors.joining()))
                .toString();
    }

    private static String row(Operation operation) {
        return "| `" + operation.method() + " " + operation.path() + "` |"
                + Arrays.stream(Role.values())
                        .map(role -> operation.isPublic() ? " open |" : operation.isAllowedFor(role) ? " ✓ |" : " – |")
                        .collect(Collectors.joining())
                + "\n";
    }
}
