package io.llmplatform.command.login;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.http.Commands.Written;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.session.SessionCommand.CloseSession;
import io.llmplatform.command.session.Sessions;
import io.llmplatform.command.user.Accounts;
import io.llmplatform.contracts.event.SessionEvent.Reason;
import io.llmplatform.contracts.http.Headers;
import io.llmplatform.contracts.id.Ids;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where somebody is logged in. A person sees and ends their own sessions; an administrator ends all of another's. */
@RestController
@RequestMapping("/api/admin/v1")
class SessionController {
    private final Sessions sessions;
    private final Accounts accounts;
    private final Commands commands;

    SessionController(Sessions sessions, Accounts accounts, Commands commands) {
        this.sessions = sessions;
        this.accounts = accounts;
        this.commands = commands;
    }

    @GetMapping("/auth/sessions")
    SessionList own(Caller caller) {
        return new SessionList(sessions.openOf(caller.userId()).stream()
                .map(session -> SessionView.of(session, caller))
                .toList());
    }

    @DeleteMapping("/auth/sessions/{id}")
    ResponseEntity<Written> end(Caller caller, @PathVariable String id) {
        if (!sessions.isOpen(Commands.id(Ids.Kind.SESSION, id), caller.userId())) {
            throw new Refusal.NotFound("session", id);
        }
        var reason = id.equals(caller.sessionId()) ? Reason.LOGOUT : Reason.REVOKED;
        return commands.change(caller, id, new CloseSession(id, reason));
    }

    @PostMapping("/users/{id}/logout")
    ResponseEntity<Closed> endAllOf(Caller caller, @PathVariable String id) {
        var user = accounts.byId(Commands.id(Ids.Kind.USER, id)).orElseThrow(() -> new Refusal.NotFound("user", id));
        int closed = 0;
        String position = null;
        for (var session : sessions.openOf(user.id())) {
            var answer = commands.change(caller, session.id(), new CloseSession(session.id(), Reason.REVOKED));
            position = answer.getHeaders().getFirst(Headers.CONSISTENCY_TOKEN);
            closed++;
        }
        var answer = ResponseEntity.ok();
        if (position != null) {
            answer.header(Headers.CONSISTENCY_TOKEN, position);
        }
        return answer.body(new Closed(id, closed));
    }

    record SessionList(List<SessionView> data) {}

    /** @param current whether it is the one that asks */
    record SessionView(
            String id,
            @Nullable String userAgent,
            @Nullable String ip,
            Instant createdAt,
            Instant lastUsedAt,
            Instant expiresAt,
            boolean current) {
        static SessionView of(Sessions.OpenSession session, Caller caller) {
            return new SessionView(
                    session.id(),
                    session.userAgent(),
                    session.ip(),
                    session.openedAt(),
                    session.usedAt(),
                    session.expiresAt(),
                    session.id().equals(caller.sessionId()));
        }
    }

    /** @param closed how many sessions were open */
    record Closed(String id, int closed) {}
}
