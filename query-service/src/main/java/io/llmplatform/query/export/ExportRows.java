package io.llmplatform.query.export;

import io.llmplatform.query.access.Person;
import io.llmplatform.query.web.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The rows of an export: what an import takes, with {@code id} and {@code status} for people. */
@Component
class ExportRows {
    static final int MOST = 10_000;

    private static final Set<String> LEFT_OUT = Set.of(
            "version",
            "created_at",
            "updated_at",
            "last_used_at",
            "has_api_key",
            "invited_until",
            "second_factor",
            "kind",
            "previous_prefix",
            "previous_until");

    private final JsonMapper mapper;

    ExportRows(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** @throws RefusedException when there are more than {@link #MOST} */
    List<ObjectNode> of(ExportSource source, Person person) {
        var rows = new ArrayList<ObjectNode>();
        @Nullable String cursor = null;
        do {
            var page = source.page(person, cursor);
            page.data().forEach(view -> rows.add(row(mapper.valueToTree(view))));
            cursor = page.nextCursor();
            if (rows.size() > MOST || rows.size() == MOST && cursor != null) {
                throw RefusedException.parameter(
                        "limit", "there are more than " + MOST + "; read the list page by page instead");
            }
        } while (cursor != null);
        return rows;
    }

    private static ObjectNode row(ObjectNode view) {
        view.remove(LEFT_OUT);
        if (view.has("prefix")) {
            byName(view, "user", "user_id", "username");
            byName(view, "team", "team_id", "team_name");
        }
        for (JsonNode each : view.path("deployments")) {
            if (each instanceof ObjectNode deployment) {
                deployment.remove("id");
                byName(deployment, "provider", "provider_id", "provider_name");
            }
        }
        return view;
    }

    /** Says what is referred to by its name where it is known: ids mean nothing on another platform. */
    private static void byName(ObjectNode object, String field, String id, String name) {
        if (object.path(name).isString()) {
            object.set(field, object.get(name));
            object.remove(List.of(id, name));
        }
    }
}
