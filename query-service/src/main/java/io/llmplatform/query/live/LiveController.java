package io.llmplatform.query.live;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.web.RefusedException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code live}: one virtual thread for each viewer writes what the hub tells. */
@RestController
class LiveController {
    private static final int MOST_VIEWERS = 500;

    private final LiveHub hub;

    LiveController(LiveHub hub) {
        this.hub = hub;
    }

    @GetMapping("/api/admin/v1/live")
    @Allowed({Role.ADMIN, Role.AUDITOR})
    void look(
            @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization,
            @RequestParam(defaultValue = "tick,audit") String channels,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        var after = number(lastEventId);
        if (hub.viewers() >= MOST_VIEWERS) {
            throw RefusedException.unavailable("too many are looking at the live stream of this instance");
        }
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Nginx would gather it.
        response.setHeader("X-Accel-Buffering", "no");
        var viewer = new LiveViewer(authorization, Channel.of(channels));
        hub.add(viewer, after);
        try {
            viewer.writeTo(response.getOutputStream());
        } finally {
            hub.remove(viewer);
        }
    }

    private static @Nullable Long number(@Nullable String lastEventId) {
        try {
            return lastEventId == null || lastEventId.isBlank() ? null : Long.valueOf(lastEventId.strip());
        } catch (NumberFormatException e) {
            throw RefusedException.parameter("Last-Event-ID", "is not the id of an event of this stream");
        }
    }
}
