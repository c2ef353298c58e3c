package io.llmplatform.query.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An entity as its own resource would have answered at that moment: with the names that other entities had then, and what the
 * clock said. When a key was last used is told by its requests, not here.
 */
@Component
class EntityViews {
    private final EntityHistory history;

    EntityViews(EntityHistory history) {
        this.history = history;
    }

    ObjectNode of(StateRow row, Moment moment) {
        var view = row.state().deepCopy();
        switch (row.type()) {
            case "api_key" -> key(view, row, moment);
            case "team" -> team(view, moment);
            case "model" -> model(view, moment);
            case "price_book" -> view.path("versions").forEach(each -> version((ObjectNode) each, moment.at()));
            case "platform_settings" -> view.remove(List.of("id", "created_at"));
            default -> {
                // nothing in it is another's
            }
        }
        return view;
    }

    private void key(ObjectNode view, StateRow row, Moment moment) {
        name(view, "username", "user", row.text("user_id"), moment);
        name(view, "team_name", "team", row.text("team_id"), moment);
        if (row.isActive() && isPast(row.instant("expires_at"), moment)) {
            view.put("status", "expired");
        }
        if (isPast(row.instant("previous_until"), moment)) {
            view.remove(List.of("previous_prefix", "previous_until"));
        }
    }

    /** People who are named for it and have the role. */
    private void team(ObjectNode view, Moment moment) {
        var named = new ArrayList<String>();
        view.path("managers").forEach(each -> named.add(each.stringValue()));
        var managers = view.putArray("managers");
        history.find("user", named, moment.position()).stream()
                .filter(user -> "manager".equals(user.text("role")))
                .sorted(Comparator.comparing(user -> String.valueOf(user.text("username"))))
                .forEach(user -> managers.addObject().put("user_id", user.id()).put("username", user.text("username")));
    }

    private void model(ObjectNode view, Moment moment) {
        for (JsonNode each : view.path("deployments")) {
            name(
                    (ObjectNode) each,
                    "provider_name",
                    "provider",
                    each.path("provider_id").stringValue(null),
                    moment);
        }
    }

    /** As {@code PriceVersion} of the API says it. */
    private static void version(ObjectNode view, Instant at) {
        var from = Instant.parse(view.path("effective_from").stringValue());
        var until = view.path("effective_until").stringValue(null);
        String state;
        if (view.has("corrected_by")) {
            state = "corrected";
        } else if (from.isAfter(at)) {
            state = "coming";
        } else {
            state = until == null || Instant.parse(until).isAfter(at) ? "in_force" : "past";
        }
        view.put("state", state);
    }

    private void name(ObjectNode view, String field, String type, @Nullable String id, Moment moment) {
        if (id != null) {
            history.find(type, id, moment.position()).map(StateRow::name).ifPresent(name -> view.put(field, name));
        }
    }

    private static boolean isPast(@Nullable Instant instant, Moment moment) {
        return instant != null && !instant.isAfter(moment.at());
    }
}
