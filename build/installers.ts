/**
 * How the app is packed and, on a machine with the runtime and the internet, made into installers: nsis for Windows 10 and later,
 * deb for UOS and Kylin on x64 and arm64. What a single build adds (folders, runtime, fuses) stands in pack.ts and release.ts.
 */
import type { Configuration } from 'electron-builder';

/** A new one each time: electron-builder writes into what it is given. */
export const installers = () =>
  ({
    appId: 'cn.linli.desk',
    productName: '邻里台账',
    copyright: 'Linli maintainers',
    asar: true,
    // Everything is bundled: there is nothing to rebuild and no node_modules to look through.
    beforeBuild: () => Promise.resolve(false),
    electronLanguages: ['zh-CN', 'en-US', 'en'],
    files: ['dist/**', 'package.json', '!node_modules'],
    artifactName: 'linli-${version}-${os}-${arch}.${ext}',
    linux: {
      executableName: 'linli',
      icon: 'icon.png',
      category: 'Office',
      maintainer: 'Linli maintainers',
      synopsis: '邻里台账',
      target: [{ target: 'deb', arch: ['x64', 'arm64'] }],
    },
    deb: { depends: ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libsecret-1-0'] },
    win: { executableName: 'linli', icon: 'icon.png', target: [{ target: 'nsis', arch: ['x64'] }] },
    nsis: {
      oneClick: false,
      perMachine: true,
      allowToChangeInstallationDirectory: true,
      // The journal of a computer outlives its app: nothing is removed with it.
      deleteAppDataOnUninstall: false,
      language: '2052',
    },
  }) satisfies Configuration;
