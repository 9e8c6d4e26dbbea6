import { useTexts } from '../../texts/use-texts.ts';

/** Large and in groups: it is read aloud from a paper, group by group. */
export function Fingerprint({ text }: { readonly text: string }) {
  const { t } = useTexts();
  return (
    <div>
      <p className="door-label">{t('door.fileFingerprint')}</p>
      <p className="door-groups">
        {text.split(/[\s-]+/).map((group, index) => (
          <span key={index}>{group}</span>
        ))}
      </p>
      <p className="door-hint">{t('door.fileFingerprintHint')}</p>
    </div>
  );
}
