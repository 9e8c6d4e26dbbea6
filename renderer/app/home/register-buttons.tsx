import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { useDesk } from '../../core/hooks.ts';
import { newPath } from '../../kit/paths.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { entitiesToRegister, nameToRegister } from '../desk/rights.ts';
import { useMe } from '../use-me.ts';

const MOST = 4;

/** One key each; the one with a statutory clock leads. */
export function RegisterButtons() {
  const { t, language } = useTexts();
  const desk = useDesk();
  const me = useMe();
  const navigate = useNavigate();
  return (
    <div className="home-register" role="group" aria-label={t('home.register')}>
      {entitiesToRegister(desk.registry, me)
        .slice(0, MOST)
        .map((entity, index) => (
          <Button
            key={entity.name}
            type={index === 0 ? 'primary' : 'default'}
            size="large"
            icon={<PlusOutlined />}
            onClick={() => void navigate(newPath(entity.name))}
          >
            {t('search.create', { name: nameToRegister(entity, language) })}
          </Button>
        ))}
    </div>
  );
}
