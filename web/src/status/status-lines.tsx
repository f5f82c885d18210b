import './status.css';
import { announcement } from './announce';
import { dismiss, notices, type Notice } from './status';

function Line({ id, kind, text, action }: Notice) {
  return (
    <div class={`notice ${kind}`}>
      <p id={`notice-${id}`}>{text}</p>
      {action && (
        <button
          type="button"
          onClick={() => {
            dismiss(id);
            action.run();
          }}
        >
          {action.title}
        </button>
      )}
      <button
        type="button"
        class="quiet"
        aria-label="Dismiss"
        aria-describedby={`notice-${id}`}
        onClick={() => dismiss(id)}
      >
        ✕
      </button>
    </div>
  );
}

/** Both regions are always there, so that a screen reader notices what appears in them. */
export function StatusLines() {
  const of = (kind: Notice['kind']) => notices.value.filter((notice) => notice.kind === kind);
  return (
    <div class="notices">
      <div class="unseen" aria-live="polite">
        {announcement.value}
      </div>
      <div role="alert">
        {of('fault').map((notice) => (
          <Line key={notice.id} {...notice} />
        ))}
      </div>
      <div role="status">
        {of('note').map((notice) => (
          <Line key={notice.id} {...notice} />
        ))}
      </div>
    </div>
  );
}
